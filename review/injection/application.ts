import type { InjectionArgs } from "../../components/api/injection.ts";

/** Languages whose applications are run with and without injection. */
export type ApplicationLanguage = "python" | "nodejs" | "java";

/** What this machine has for an application. */
export interface Place {
  /** The program that runs it: a Python with the application's packages, Node.js, or a Java machine. */
  readonly runtime: string;
  /** Folder of the applications' sources, in which it runs. */
  readonly folder: string;
  /** Absolute path of a program that came with the application's packages. */
  readonly program: (name: string) => string;
}

/** A small application that is run with and without injection. */
export interface Application {
  readonly name: string;
  readonly language: ApplicationLanguage;
  /** A `server` answers and is ended by SIGTERM, a `worker` is ended by SIGTERM, a `job` ends by itself after the line "done". */
  readonly kind: "server" | "worker" | "job";
  /** Name of the lock file in requirements/ that has its packages. @default - none but the runtime */
  readonly packages?: string;
  readonly command: (place: Place) => readonly string[];
  /** Variables that its container sets for its injection, with `$FOLDER` for the folder of its sources. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of its injection; what is set here stands in docs/injection.md. */
  readonly injection: Pick<InjectionArgs, "python" | "nodejs">;
  /** How its log lines are collected. @default "stdout" */
  readonly logs?: "otlp";
  /** Paths that a server is asked for; each is one request. @default [] */
  readonly paths?: readonly string[];
  /** A line that says that it can be asked or ended, and how often it comes. */
  readonly ready: { readonly line: RegExp; readonly count: number };
  /** Spans of requests, served or sent, of which the collector must have all. @default - several processes, or none is injected */
  readonly requests?: { readonly kind: "server" | "client"; readonly count: number };
  /** The newest minor version of Python 3 that its packages run on. @default - every one */
  readonly newestPython?: number;
  /** Seconds that its end may take longer with a collector that does not answer at once. @default - what its language may */
  readonly longestEnd?: number;
  /** Whether the annotation alone does it no harm: for pods that InstrumentedApi does not make. @default false */
  readonly annotationIsEnough?: boolean;
  /** Whether each state of the collector is tried in every run of the tests, not only by `npm run verify`. @default false */
  readonly everyCollector?: boolean;
}

/** The command of an application that is one file. */
export function script(file: string): Application["command"] {
  return ({ runtime }) => [runtime, file];
}

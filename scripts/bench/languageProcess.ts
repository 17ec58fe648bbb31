import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { load } from "js-yaml";
import type { SavedOutputs } from "../../review/program/program.ts";
import { type StubEngine, startStubEngine } from "../../review/program/stubEngine.ts";

/** How to run a program as the Pulumi CLI's language host for Node.js does. */
export interface LanguageOptions {
  /** Configuration by key without the project's prefix. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** Arguments of Node before its program. @default those that the folder's `Pulumi.yaml` names */
  readonly nodeargs?: readonly string[];
  /** What the stacks have saved that the program refers to. @default nothing */
  readonly saved?: SavedOutputs;
  /** Where a trace goes, as with `--tracing`. @default nowhere */
  readonly tracing?: string;
}

/** How a run of a program ended, and what it took. */
export interface LanguageRun extends Pick<StubEngine, "resources" | "logs" | "debugMessages"> {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  /** From the stack's own registration, before the program's modules are loaded and settings are read, to the last one. */
  readonly programMs: number;
  readonly cpuMs: number;
}

/** What the language host reads of a `Pulumi.yaml`. */
interface ProjectFile {
  readonly name: string;
  readonly main: string;
  readonly runtime: { readonly options: { readonly nodeargs: string } };
}

/** Runs a program, then says on a descriptor of its own what processor time it took. */
const timed = `"$@" 3>&-; code=$?; times >&3; exit $code`;

/** The arguments that a project gives to Node. */
export function nodeargsOf(folder: string): string[] {
  return readProjectFile(folder).runtime.options.nodeargs.split(" ");
}

/**
 * Previews a folder's program in a process of its own against an engine that only answers. That process starts in the
 * program's folder, wherever `pulumi` is typed and whatever `-C` says: the engine starts the language host there, and the
 * language host Node (source: `host.LanguageRuntime` and `newPlugin` of Pulumi 3.274, the language host's `execRuntime`).
 */
export async function runLanguageProcess(folder: string, options: LanguageOptions = {}): Promise<LanguageRun> {
  const { name, main } = readProjectFile(folder);
  const { config = {}, nodeargs = nodeargsOf(folder), saved, tracing } = options;
  const engine = await startStubEngine(saved);
  const flags = {
    ...{ monitor: engine.address, engine: engine.address, organization: "organization", project: name },
    ...{ "root-directory": folder, stack: "dev", pwd: folder, parallel: "16", tracing },
  };
  const args = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`, value]));
  const program = createRequire(join(folder, "Pulumi.yaml")).resolve("@pulumi/pulumi/cmd/run");
  const prefixed = Object.entries(config).map(([key, value]) => [`${name}:config:${key}`, value] as const);
  const started = performance.now();
  const argv = [process.execPath, ...nodeargs, program, ...args, "--dry-run", main];
  const child = spawn("sh", ["-c", timed, "sh", ...argv], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ PULUMI_CONFIG: JSON.stringify(Object.fromEntries(prefixed)), PULUMI_CONFIG_SECRET_KEYS: "[]" },
      PULUMI_EXPERIMENTAL: tracing === undefined ? "" : "true",
    },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, times] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
  ]);
  const code = await closed;
  const wallMs = performance.now() - started;
  engine.close();
  const { resources, logs, debugMessages } = engine;
  const programMs = (engine.times.at(-1) ?? Number.NaN) - (engine.times[0] ?? Number.NaN);
  return { code, stdout, stderr, wallMs, programMs, cpuMs: childrenMs(times), resources, logs, debugMessages };
}

function readProjectFile(folder: string): ProjectFile {
  return load(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as ProjectFile;
}

/** User and system time of the children: the second line of what the shell's `times` prints, such as `0m1.23s 0m0.1s`. */
function childrenMs(times: string): number {
  const fields = times.trim().split("\n").at(-1)?.split(" ") ?? [];
  const ms = fields.map((field) => {
    const [minutes = Number.NaN, seconds = Number.NaN] = field.replace("s", "").split("m").map(Number);
    return (minutes * 60 + seconds) * 1000;
  });
  return ms.reduce((sum, each) => sum + each, 0);
}

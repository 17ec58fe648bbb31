import * as pulumi from "@pulumi/pulumi";
import type { NodejsInjectionArgs } from "./nodejsInjection.ts";
import type { PythonInjectionArgs } from "./pythonInjection.ts";
import type { instrumentationImages } from "../../catalog/versions.ts";

/** Languages that the OpenTelemetry operator can inject. */
export type Language = keyof typeof instrumentationImages;

/** Which Instrumentation a pod asks for. */
export interface InjectionArgs {
  readonly language: Language;
  /** `namespace/name` of the Instrumentation: the platform's output `instrumentation`. */
  readonly instrumentation: pulumi.Input<string>;
  /** Fingerprint of the Instrumentation's spec: the platform's output `instrumentationHash`. */
  readonly instrumentationHash: pulumi.Input<string>;
  /** Path of the program in the container: the injection of Go needs it, and no other. @default - for other languages */
  readonly goExecutable?: string;
  /** The C library of the image: `musl` for one of Alpine. Only what is injected for Python and .NET is made for one of them. @default "glibc" */
  readonly libc?: "glibc" | "musl";
  /** How a Python application is injected; of no other language. @default {} */
  readonly python?: PythonInjectionArgs;
  /** How a Node.js application is injected; of no other language. @default {} */
  readonly nodejs?: NodejsInjectionArgs;
}

/**
 * The annotations of a pod that wants its telemetry injected. The hash makes a changed Instrumentation roll the pods:
 * only a new pod is injected.
 *
 * @throws pulumi.RunError when the language is Go and there is no program, or an argument is for another language
 */
export function injectionAnnotations(args: InjectionArgs): Record<string, pulumi.Input<string>> {
  const { language, goExecutable, libc = "glibc" } = args;
  if (language === "go" && goExecutable === undefined) {
    throw new pulumi.RunError(
      "goExecutable is missing: the injection of Go needs the path of the program in the container",
    );
  }
  for (const [argument, taker] of [
    ["goExecutable", "go"] as const,
    ["python", "python"] as const,
    ["nodejs", "nodejs"] as const,
  ]) {
    if (args[argument] === undefined || language === taker) continue;
    throw new pulumi.RunError(
      `${argument} is ${JSON.stringify(args[argument])}: only the injection of ${taker} takes it, not of ${language}`,
    );
  }
  return {
    [`instrumentation.opentelemetry.io/inject-${language}`]: args.instrumentation,
    ...(libc === "musl" ? musl(language) : {}),
    ...(goExecutable === undefined ? {} : { "instrumentation.opentelemetry.io/otel-go-auto-target-exe": goExecutable }),
    "fluffy-observability/instrumentation-hash": args.instrumentationHash,
  };
}

/** What asks for the files that run with musl, by language; those of the others run with both. */
const muslAnnotations: { readonly [Of in Language]?: Readonly<Record<string, string>> } = {
  python: { "instrumentation.opentelemetry.io/otel-python-platform": "musl" },
  dotnet: { "instrumentation.opentelemetry.io/otel-dotnet-auto-runtime": "linux-musl-x64" },
};

function musl(language: Language): Readonly<Record<string, string>> {
  const annotations = muslAnnotations[language];
  if (annotations === undefined) {
    throw new pulumi.RunError(
      `libc is "musl": the injection of ${language} is the same for every image, leave it out; it is for ${Object.keys(muslAnnotations).join(", ")}`,
    );
  }
  return annotations;
}

import * as pulumi from "@pulumi/pulumi";
import type { instrumentationImages } from "./versions.ts";

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
}

/**
 * The annotations of a pod that wants its telemetry injected. The hash makes a changed Instrumentation roll the pods:
 * only a new pod is injected.
 *
 * @throws pulumi.RunError when the language is Go and there is no program, or the other way round
 */
export function injectionAnnotations(args: InjectionArgs): Record<string, pulumi.Input<string>> {
  if ((args.language === "go") !== (args.goExecutable !== undefined)) {
    throw new pulumi.RunError(
      args.language === "go"
        ? "goExecutable is missing: the injection of Go needs the path of the program in the container"
        : `goExecutable is ${JSON.stringify(args.goExecutable)}: only the injection of go takes it, not of ${args.language}`,
    );
  }
  return {
    [`instrumentation.opentelemetry.io/inject-${args.language}`]: args.instrumentation,
    ...(args.goExecutable === undefined
      ? {}
      : { "instrumentation.opentelemetry.io/otel-go-auto-target-exe": args.goExecutable }),
    "fluffy-observability/instrumentation-hash": args.instrumentationHash,
  };
}

import * as pulumi from "@pulumi/pulumi";
import type { InjectionArgs, Language } from "./injection.ts";
import { logsAnnotation } from "../telemetry/podIdentity.ts";

/** What makes the injected packages send log records, by language; of the others it was not tried. */
const variables: { readonly [Of in Language]?: Readonly<Record<string, string>> } = {
  // The handler takes what Python's last resort would print.
  python: { OTEL_LOGS_EXPORTER: "otlp", OTEL_PYTHON_LOG_AUTO_INSTRUMENTATION: "true" },
  nodejs: { OTEL_LOGS_EXPORTER: "otlp" },
};

/** Python's loggers are instrumented as a library is: without it nothing would be sent, and what is printed is left out. */
export function withLoggers(injection: InjectionArgs): InjectionArgs {
  const { python } = injection;
  if (python?.instrumentations === undefined || python.instrumentations.includes("logging")) return injection;
  return { ...injection, python: { ...python, instrumentations: [...python.instrumentations, "logging"] } };
}

/**
 * Variables of the container and annotations of the pod of an API that sends its log records by OTLP: what it prints is left out.
 *
 * @throws pulumi.RunError for a language whose loggers the injection was not tried with
 */
export function logsByOtlp(
  name: string,
  language: Language,
): { env: Readonly<Record<string, string>>; annotations: Readonly<Record<string, string>> } {
  const env = variables[language];
  if (env === undefined) {
    throw new pulumi.RunError(
      `InstrumentedApi ${name}: logs is otlp: must be stdout with the injection of ${language}; otlp is for ${Object.keys(variables).join(", ")}`,
    );
  }
  return { env, annotations: { [logsAnnotation]: "otlp" } };
}

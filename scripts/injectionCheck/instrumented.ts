import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package with the versions that an instrumentation supports. */
export interface SupportedPackage {
  readonly package: string;
  /** Of Python as PEP 440 writes it, of Node.js as npm does. */
  readonly range: string;
}

/** One distribution `opentelemetry-instrumentation-…`. */
export interface PythonInstrumentation {
  /** Names of its instrumentations, as `OTEL_PYTHON_DISABLED_INSTRUMENTATIONS` takes them. */
  readonly loads: readonly string[];
  /** All of them must be installed (extra `instruments`). None: it instruments the standard library. */
  readonly all: readonly SupportedPackage[];
  /** One of them must be installed, unless there are none (extra `instruments-any`). */
  readonly any: readonly SupportedPackage[];
}

/** One supported range of a Node.js package. */
export interface NodejsInstrumentation {
  /** Name of its package. */
  readonly instrumentation: string;
  readonly range: string;
}

/** What the injected packages instrument. */
export interface Instrumented {
  /** Version of the Python packages, and of the operator's image. */
  readonly pythonAutoInstrumentation: string;
  /** Version of `@opentelemetry/auto-instrumentations-node`, and of the operator's image. */
  readonly nodejsAutoInstrumentation: string;
  /** By the distribution's name without `opentelemetry-instrumentation-`. */
  readonly python: Readonly<Record<string, PythonInstrumentation>>;
  /** By package. Node.js's own modules, such as `http`, are always instrumented. */
  readonly nodejs: Readonly<Record<string, readonly NodejsInstrumentation[]>>;
  /** Node.js instrumentations that name no module: they listen to what a library publishes. */
  readonly nodejsWithoutModules: readonly string[];
}

/** The data file. */
export const instrumentedFile = join(import.meta.dirname, "instrumented.json");

/** Reads the data file. `verifyInstrumented` makes it, a test compares it. */
export function readInstrumentedFile(): Instrumented {
  return JSON.parse(readFileSync(instrumentedFile, "utf8")) as Instrumented;
}

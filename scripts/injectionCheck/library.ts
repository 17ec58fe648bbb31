import type { AppPackage } from "./application.ts";

/** Whether a package of an application is instrumented. */
export interface Library extends Pick<AppPackage, "name" | "version" | "range" | "marker"> {
  /** Names of the instrumentations: in Python as `injection.python.instrumentations` takes them, in Node.js their packages. */
  readonly instrumentations: readonly string[];
  /** The supported range; `undefined` when the instrumentation's metadata names none. */
  readonly supported: string | undefined;
  /** `installed version decides`: the file says only a range, or nothing. */
  readonly outcome: "instrumented" | "outside the range" | "installed version decides";
  /** Other packages that the same instrumentation takes: inside a library there may be one of them. Of Node.js only. */
  readonly through: readonly string[];
}

/** Names of an application's own packages that no instrumentation takes, in alphabetical order. */
export function withoutInstrumentation(packages: readonly AppPackage[], libraries: readonly Library[]): string[] {
  const instrumented = new Set(libraries.map(({ name }) => name));
  const names = packages.filter(({ name, direct }) => direct && !instrumented.has(name)).map(({ name }) => name);
  return [...new Set(names)].sort();
}

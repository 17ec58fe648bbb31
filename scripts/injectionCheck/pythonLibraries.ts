import { satisfies, valid } from "@renovatebot/pep440";
import type { AppPackage } from "./application.ts";
import type { PythonInstrumentation, SupportedPackage } from "./instrumented.ts";
import type { Library } from "./library.ts";

/**
 * Which packages of a Python application are instrumented, and which are not because of their version.
 *
 * @param instrumentations as the data file has them
 */
export function pythonLibraries(
  packages: readonly AppPackage[],
  instrumentations: Readonly<Record<string, PythonInstrumentation>>,
): Library[] {
  const found = new Map<string, Library>();
  for (const { loads, all, any } of Object.values(instrumentations)) {
    for (const library of [...allOf(packages, all), ...rowsOf(packages, any)]) {
      // One row for a package that several instrumentations take alike.
      const key = JSON.stringify({ ...library, instrumentations: undefined });
      found.set(key, { ...library, instrumentations: [...(found.get(key)?.instrumentations ?? []), ...loads] });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An instrumentation whose other packages are missing says nothing about those that are there. */
function allOf(packages: readonly AppPackage[], all: readonly SupportedPackage[]): Library[] {
  const rows = all.map((supported) => rowsOf(packages, [supported]));
  if (rows.some((row) => row.length === 0)) return [];
  const broken = rows.filter((row) => row.every(({ outcome }) => outcome === "outside the range"));
  return (broken.length > 0 ? broken : rows).flat();
}

function rowsOf(packages: readonly AppPackage[], supported: readonly SupportedPackage[]): Library[] {
  return supported.flatMap(({ package: name, range: allowed }) =>
    packages
      .filter((own) => own.name === name)
      .map(({ version, range, marker }) => {
        // An old lock file may hold a version that PEP 440 does not know.
        const outcome =
          version === undefined
            ? "installed version decides"
            : valid(version) !== null && satisfies(version, allowed)
              ? "instrumented"
              : "outside the range";
        return { name, version, range, marker, instrumentations: [], supported: allowed, outcome, through: [] };
      }),
  );
}

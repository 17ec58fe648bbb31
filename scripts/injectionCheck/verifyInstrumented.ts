import { isDeepStrictEqual } from "node:util";
import { format, resolveConfig } from "prettier";
import { readIfThere, writeFileAtomically } from "../../artifacts/files.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { ensureNodePackages } from "../../sandbox/telemetry/node.ts";
import { ensurePython } from "../../sandbox/telemetry/python.ts";
import { readInstrumented } from "./catalogue.ts";
import { type Instrumented, instrumentedFile, readInstrumentedFile } from "./instrumented.ts";

/**
 * Compares the data file with the packages that are injected; installs them when they are not there.
 *
 * @param write writes the data file anew when it differs
 * @returns the differences before that, one a line; none when they are the same
 * @throws UserError when the packages cannot be installed
 */
export async function verifyInstrumented(write: boolean): Promise<string[]> {
  const [paths, report] = [sandboxPaths(), createReport()];
  const { packages } = await ensurePython(paths, report);
  const installed = await readInstrumented(packages, await ensureNodePackages(paths, report));
  const differences = instrumentedDifferences(
    await readIfThere(() => Promise.resolve(readInstrumentedFile())),
    installed,
  );
  if (write && differences.length > 0) {
    const options = await resolveConfig(instrumentedFile);
    await writeFileAtomically(
      instrumentedFile,
      await format(JSON.stringify(installed), { ...options, filepath: instrumentedFile }),
    );
  }
  return differences;
}

/**
 * What differs between two states of the data.
 *
 * @param stated `undefined` when there is no data file
 * @returns lines such as `python.flask: is X, installed is Y`
 */
export function instrumentedDifferences(stated: Instrumented | undefined, installed: Instrumented): string[] {
  const [before, after] = [flat(stated ?? {}), flat(installed)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const text = (value: unknown) => (value === undefined ? "(none)" : JSON.stringify(value));
  return keys
    .filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => `${key}: is ${text(before.get(key))}, installed is ${text(after.get(key))}`);
}

/** Two levels of an object as one: a difference names the instrumentation or package. */
function flat(data: object): Map<string, unknown> {
  return new Map(
    Object.entries(data).flatMap(([key, value]: [string, unknown]): [string, unknown][] =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, content]) => [`${key}.${inner}`, content])
        : [[key, value]],
    ),
  );
}

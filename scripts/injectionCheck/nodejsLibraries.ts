import npmSatisfies from "semver/functions/satisfies.js";
import npmIntersects from "semver/ranges/intersects.js";
import npmSubset from "semver/ranges/subset.js";
import type { AppPackage } from "./application.ts";
import type { Instrumented } from "./instrumented.ts";
import type { Library } from "./library.ts";

/**
 * Which packages of a Node.js application are instrumented, and which are not because of their version.
 *
 * @param transitive whether `packages` holds the packages inside libraries too, as a lock file does
 */
export function nodejsLibraries(
  packages: readonly AppPackage[],
  { nodejs, nodejsWithoutModules }: Pick<Instrumented, "nodejs" | "nodejsWithoutModules">,
  transitive: boolean,
): Library[] {
  const present = new Set(packages.map(({ name }) => name));
  return packages.flatMap((own): Library[] => {
    const { name, version, range } = own;
    const base = { name, version, range, marker: undefined };
    const supporting = (Object.hasOwn(nodejs, name) ? nodejs[name] : undefined) ?? [];
    const silent = nodejsWithoutModules.filter((instrumentation) =>
      instrumentation.endsWith(`/instrumentation-${name}`),
    );
    if (silent.length > 0) {
      return [{ ...base, instrumentations: silent, supported: undefined, outcome: "instrumented", through: [] }];
    }
    if (supporting.length === 0) return [];
    const instrumentations = [...new Set(supporting.map(({ instrumentation }) => instrumentation))];
    const supported = [...new Set(supporting.map(({ range: allowed }) => allowed))].join(" || ");
    const outcome = outcomeOf(own, supported);
    const through = Object.keys(nodejs).filter(
      (other) =>
        outcome === "outside the range" &&
        other !== name &&
        (!transitive || present.has(other)) &&
        nodejs[other]?.some(({ instrumentation }) => instrumentations.includes(instrumentation)),
    );
    return [{ ...base, instrumentations, supported, outcome, through }];
  });
}

function outcomeOf({ version, range }: AppPackage, supported: string): Library["outcome"] {
  if (version !== undefined) return npmSatisfies(version, supported) ? "instrumented" : "outside the range";
  if (range === undefined) return "installed version decides";
  if (npmSubset(range, supported)) return "instrumented";
  return npmIntersects(range, supported) ? "installed version decides" : "outside the range";
}

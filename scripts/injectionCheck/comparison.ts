import { eq, satisfies, valid } from "@renovatebot/pep440";
import type { AppPackage } from "./application.ts";

/** What injection does with a package of a Python application that is also among the injected ones. */
export interface Comparison {
  readonly name: string;
  /** The application's version, or the range that it allows; `undefined` when its file says neither. */
  readonly from: string | undefined;
  /** The injected version. */
  readonly to: string;
  readonly marker: string | undefined;
  /**
   * `kept` and `replaced` compare two versions. The others compare a range with the injected version: which version the image holds
   * is not in the file. `unknown`: the package comes from a URL.
   */
  readonly outcome: "kept" | "replaced" | "in range" | "outside the range" | "unknown";
}

/**
 * Compares an application's Python packages with the injected ones. Packages that are not injected are not in the result, which is in alphabetical order.
 *
 * @param injected versions by name
 */
export function comparePackages(packages: readonly AppPackage[], injected: ReadonlyMap<string, string>): Comparison[] {
  const compared = packages.flatMap((own) => {
    const { name, version, range, marker } = own;
    const to = injected.get(name);
    return to === undefined ? [] : [{ name, from: version ?? range, to, marker, outcome: outcomeOf(own, to) }];
  });
  return compared.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function outcomeOf({ version, range }: AppPackage, to: string): Comparison["outcome"] {
  if (version !== undefined) return sameVersion(version, to) ? "kept" : "replaced";
  if (range === undefined) return "unknown";
  // Where the injected version is a pre-release, so are all versions of that package.
  return satisfies(to, range, { prereleases: true }) ? "in range" : "outside the range";
}

/** Old lock files hold versions that PEP 440 does not know. */
function sameVersion(version: string, to: string): boolean {
  return valid(version) === null ? version === to : eq(version, to);
}

import { bundleArtifact, chartArtifact } from "../../artifacts/artifact.ts";
import type { BundleSpec, ChartSpec } from "../../catalog/versions.ts";
import { bundles, charts, versions } from "../../catalog/versions.ts";
import { UserError } from "../../cli/errors.ts";

/** A part of the platform that has a version of its own. */
export type Part = keyof typeof versions;

/** An upgrade of one part. */
export interface Upgrade {
  readonly part: Part;
  readonly from: string;
  readonly to: string;
  /** Release manifests of the part: as they are installed, and as they will be. */
  readonly bundles: readonly {
    readonly key: keyof typeof bundles;
    readonly from: BundleSpec;
    readonly to: BundleSpec;
  }[];
  /** Charts of the part as they will be. */
  readonly charts: readonly ChartSpec[];
  /** Keys in the lock file of what is installed. */
  readonly oldKeys: readonly string[];
}

/**
 * Works out what an upgrade means.
 *
 * @throws UserError in one line for a part that is none, and a version that cannot be one of it
 */
export function planUpgrade(part: string, to: string): Upgrade {
  if (!isPart(part)) throw new UserError(`there is no part "${part}": allowed are ${Object.keys(versions).join(", ")}`);
  const from = versions[part];
  if (to === from) throw new UserError(`${part} is ${from} already`);
  const prefix = from.startsWith("v") ? "v" : "";
  if (!new RegExp(`^${prefix}\\d+\\.\\d+(\\.\\d+)?[\\w.-]*$`).test(to)) {
    throw new UserError(`${part} cannot be "${to}": its versions are written as ${from}`);
  }
  // The CRDs of a chart are a bundle of their own.
  const isOwn = ([key]: [string, unknown]) => key === part || key === `${part}Crds`;
  const ownBundles = (Object.entries(bundles) as [keyof typeof bundles, BundleSpec][]).filter(isOwn);
  const ownCharts = Object.entries<ChartSpec>(charts).filter(isOwn);
  return {
    part,
    from,
    to,
    bundles: ownBundles.map(([key, spec]) => ({ key, from: spec, to: withVersion(spec, from, to) })),
    charts: ownCharts.map(([, spec]) => withVersion(spec, from, to)),
    oldKeys: [
      ...ownBundles.map(([, spec]) => bundleArtifact(spec).key),
      ...ownCharts.map(([, spec]) => chartArtifact(spec).key),
    ],
  };
}

function isPart(part: string): part is Part {
  return Object.hasOwn(versions, part);
}

/** The version stands in the tag and, for a bundle, in the address. */
function withVersion<Spec extends BundleSpec | ChartSpec>(spec: Spec, from: string, to: string): Spec {
  const version = spec.version.replace(from, to);
  return "url" in spec ? { ...spec, version, url: spec.url.replaceAll(from, to) } : { ...spec, version };
}

/**
 * The text of catalog/versions.ts or docs/versions.md with another version of a part.
 *
 * @throws Error when the text does not name the part's version in one place
 */
export function withPartVersion(text: string, { part, from, to }: Pick<Upgrade, "part" | "from" | "to">): string {
  const version = from.replaceAll(".", "\\.");
  const place = new RegExp(`^( *${part}: "|\\| \`${part}\` \\|.*\\| )${version}(",| \\|)`, "gm");
  const count = text.match(place)?.length ?? 0;
  if (count !== 1) throw new Error(`the version ${from} of ${part} stands in ${count} places, not in one`);
  return text.replace(place, `$1${to}$2`);
}

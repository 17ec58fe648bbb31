import { gzipSync } from "node:zlib";
import { dump } from "js-yaml";
import { ArtifactError } from "../artifactError.ts";
import { type BundlePatches, imagesOf, patchObjects } from "./bundlePatches.ts";
import { type ManifestObject, formatManifest, parseManifest } from "./manifest.ts";

/** What the program has to know of a bundle without reading it again. */
export interface BundleFacts {
  /** Names of the MutatingWebhookConfigurations. */
  mutatingWebhookConfigurations: string[];
  /** Names of the ValidatingWebhookConfigurations. */
  validatingWebhookConfigurations: string[];
  /** Images that its pods pull, sorted. */
  images: string[];
  /** Namespaces that its objects are in, sorted. */
  namespaces: string[];
}

/** A chart that holds a patched release manifest. */
export interface BundleChartFiles {
  /** Contents by path inside the chart's folder; `facts.json` holds the facts. */
  files: Record<string, string>;
  facts: BundleFacts;
}

/** Changes whenever the same manifest and patches give other files: charts of another format are made anew. */
export const chartFormat = 3;

/** What a Secret may hold, in bytes: Helm keeps a release's record in one. */
const recordLimit = 1024 * 1024;

/**
 * Makes a local chart of a release manifest. Its only template prints a file as it is, so braces in the manifest stay text.
 *
 * @param bundle name and version; the version with or without a leading `v`
 * @param text the release manifest
 * @param patches what to change in it
 * @param source how errors name the manifest: its file or URL
 * @throws ArtifactError in one line when the version is not semantic, the manifest cannot be used or patched (see `parseManifest`,
 * `patchObjects`), or Helm could not store the release
 */
export function bundleChart(
  bundle: { name: string; version: string },
  text: string,
  patches: BundlePatches,
  source: string,
): BundleChartFiles {
  const objects = patchObjects(parseManifest(text, source), patches, source);
  const manifest = formatManifest(objects);
  const facts = factsOf(objects);
  const files = {
    "Chart.yaml": dump({
      apiVersion: "v2",
      name: bundle.name,
      description: `The release manifest of ${bundle.name} ${bundle.version}, patched. Its values change nothing.`,
      version: chartVersion(bundle.version, source),
      appVersion: bundle.version,
    }),
    "files/bundle.yaml": manifest,
    "templates/bundle.yaml": `{{ .Files.Get "files/bundle.yaml" }}\n`,
    "facts.json": `${JSON.stringify(facts, undefined, 2)}\n`,
  };
  const size = recordSize(files, manifest);
  if (size > recordLimit) {
    throw new ArtifactError(
      `${source}: Helm could not store the release: its record takes ${size} bytes, a Secret holds ${recordLimit}`,
    );
  }
  return { files, facts };
}

/** A chart's version: semantic, without the `v` that release tags carry. */
function chartVersion(version: string, source: string): string {
  const semantic = /^v?(\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?)$/.exec(version)?.[1];
  if (semantic === undefined) {
    throw new ArtifactError(`${source}: version "${version}" is not semantic: expected such as "v1.2.3"`);
  }
  return semantic;
}

/** What Helm adds to the chart and the manifest (values, labels, times): under 1 % of any release that comes near the limit. */
const overhead = 1.01;

/**
 * What Helm stores of a release at most, in bytes: its JSON form, compressed, in base64. It holds the chart (files in base64 once more)
 * and the rendered manifest.
 */
export function recordSize(files: Record<string, string>, manifest: string): number {
  const chart = Object.entries(files).map(([name, content]) => ({
    name,
    data: Buffer.from(content).toString("base64"),
  }));
  const compressed = gzipSync(JSON.stringify({ chart, manifest }), { level: 9 });
  return Math.ceil(compressed.toString("base64").length * overhead);
}

function factsOf(objects: readonly ManifestObject[]): BundleFacts {
  const names = (kind: string) =>
    objects.filter((object) => object.kind === kind).map((object) => object.metadata.name);
  return {
    mutatingWebhookConfigurations: names("MutatingWebhookConfiguration"),
    validatingWebhookConfigurations: names("ValidatingWebhookConfiguration"),
    images: imagesOf(objects),
    namespaces: [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))].sort(),
  };
}

import { gunzipSync } from "node:zlib";
import { parseManifest } from "./manifests/manifest.ts";
import { ArtifactError } from "./artifactError.ts";
import { type DownloadOptions, download } from "./download.ts";
import { chartUrl, pullChart } from "./pullChart.ts";
import type { BundleSpec, ChartSpec } from "../catalog/versions.ts";

/** A file of a release that the stack installs from: a release manifest or a chart. */
export interface Artifact {
  /** Its key in the lock file. */
  readonly key: string;
  /** Its path in a mirror. */
  readonly path: string;
  /** Where upstream has it; for a chart what says so. */
  readonly url: string;
  /** Downloads it from upstream; `undefined` where there is none. Throws ArtifactError. */
  readonly download: (options?: DownloadOptions) => Promise<Uint8Array | undefined>;
  /** Throws ArtifactError for what is another kind of file: a login page has a checksum too. */
  readonly check: (content: Uint8Array, source: string) => void;
}

/** A bundle's key in the lock file and the name of its file, without the ending. */
export function bundleKey({ name, version }: { name: string; version: string }): string {
  return `${name}-${version}`;
}

export function bundleArtifact(spec: BundleSpec): Artifact {
  return {
    key: bundleKey(spec),
    path: `bundles/${bundleKey(spec)}.yaml`,
    url: spec.url,
    download: (options) => download(spec.url, options),
    check: (content, source) => {
      parseManifest(Buffer.from(content).toString("utf8"), source);
    },
  };
}

export function chartArtifact(spec: ChartSpec): Artifact {
  const file = `${spec.name}-${spec.version}.tgz`;
  return {
    key: file,
    path: `charts/${file}`,
    url: chartUrl(spec),
    download: (options) => pullChart(spec, options),
    check: (content, source) => {
      try {
        gunzipSync(content);
      } catch {
        throw new ArtifactError(`${source} is no chart: a page for people may be in its place`);
      }
    },
  };
}

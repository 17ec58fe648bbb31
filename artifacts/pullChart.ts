import { CORE_SCHEMA, load } from "js-yaml";
import { ArtifactError } from "./artifactError.ts";
import type { ChartSpec } from "../catalog/versions.ts";
import { type DownloadOptions, download } from "./download.ts";
import { sha256 } from "./files.ts";
import { jsonOf, parsed } from "./parsed.ts";
import { anonymously, checkDigest, registryApi } from "./registry.ts";

/** Media types of the OCI distribution and of Helm's charts in it. */
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const chartType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/**
 * Downloads a chart: from a repository by its index, or from an OCI registry that anybody may read.
 *
 * @returns the chart as `.tgz`; `undefined` where the repository or registry does not have the version
 * @throws ArtifactError in one line with the URL and what happened
 */
export function pullChart(spec: ChartSpec, options: DownloadOptions = {}): Promise<Uint8Array | undefined> {
  return spec.repo === undefined ? fromRegistry(spec, options) : fromRepository(spec, spec.repo, options);
}

/** The URL that says whether a chart can be had: its repository's index, or the API of its registry. */
export function chartUrl({ chart, repo }: ChartSpec): string {
  return repo === undefined ? registryApi(new URL(chart).host) : `${repo.replace(/\/+$/, "")}/index.yaml`;
}

async function fromRepository(
  spec: ChartSpec,
  repo: string,
  options: DownloadOptions,
): Promise<Uint8Array | undefined> {
  const url = chartUrl(spec);
  const index = await download(url, options);
  if (index === undefined) return undefined;
  const { entries } = (parsed(() => load(Buffer.from(index).toString("utf8"), { schema: CORE_SCHEMA }), url) ?? {}) as {
    entries?: Record<string, { version?: unknown; urls?: unknown[] }[]>;
  };
  const address = entries?.[spec.chart]?.find(({ version }) => version === spec.version)?.urls?.[0];
  // Relative to the repository, or an address of its own.
  return typeof address === "string"
    ? download(new URL(address, `${repo.replace(/\/+$/, "")}/`).href, options)
    : undefined;
}

async function fromRegistry({ chart, version }: ChartSpec, options: DownloadOptions): Promise<Uint8Array | undefined> {
  const url = new URL(chart);
  const base = `${registryApi(url.host)}${url.pathname.slice(1)}`;
  const request = anonymously(base, options);
  // A tag may hold no "+": Helm writes "_" for it.
  const manifestUrl = `${base}/manifests/${version.replaceAll("+", "_")}`;
  const manifest = await download(manifestUrl, { ...request, accept: manifestType });
  if (manifest === undefined) return undefined;
  const { layers = [] } = (jsonOf(manifest, manifestUrl) ?? {}) as {
    layers?: { mediaType?: string; digest?: string }[];
  };
  const digest = layers.find(({ mediaType }) => mediaType === chartType)?.digest;
  if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new ArtifactError(`${manifestUrl} describes no chart`);
  }
  const blob = `${base}/blobs/${digest}`;
  const content = await download(blob, request);
  if (content !== undefined) checkDigest(sha256(content), digest, blob);
  return content;
}

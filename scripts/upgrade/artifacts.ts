import { ArtifactError } from "../../components/artifacts/artifactError.ts";
import type { DownloadOptions } from "../../components/artifacts/download.ts";
import { sha256 } from "../../components/artifacts/files.ts";
import { openMirror } from "../../components/artifacts/mirror.ts";
import { bundleKey, downloadBundle } from "../../components/artifacts/upstream.ts";
import type { BundleSpec } from "../../components/artifacts/artifacts.ts";
import type { Upgrade } from "./part.ts";

/** A part's release manifest before and after an upgrade. */
export interface FetchedBundle {
  readonly key: Upgrade["bundles"][number]["key"];
  readonly spec: BundleSpec;
  /** What is installed; `undefined` where it can no longer be had. */
  readonly before: string | undefined;
  readonly after: string;
  /** SHA-256 of the new one. */
  readonly checksum: string;
}

/**
 * Gets the release manifests of an upgrade, and sees that a mirror has its charts.
 *
 * @param location of a mirror; empty for upstream
 * @throws ArtifactError when a new artifact cannot be had
 */
export async function fetchBundles(
  { bundles, charts }: Upgrade,
  location: string,
  options: DownloadOptions = {},
): Promise<FetchedBundle[]> {
  const mirror = location === "" ? undefined : await openMirror(location, options);
  const read = async (spec: BundleSpec) =>
    mirror ? (await mirror.read(`bundles/${bundleKey(spec)}.yaml`)).content : downloadBundle(spec, options);
  // Upstream's charts are Helm's to fetch: see `pullCharts`.
  if (mirror) for (const { name, version } of charts) await mirror.read(`charts/${name}-${version}.tgz`);
  return Promise.all(
    bundles.map(async ({ key, from, to }) => {
      const after = await read(to);
      const before = await read(from).catch((error: unknown) => {
        // Without it there is less to say of the CRDs, and the new ones are checked all the same.
        if (!(error instanceof ArtifactError)) throw error;
        return undefined;
      });
      const text = (content: Uint8Array) => Buffer.from(content).toString("utf8");
      return { key, spec: to, before: before && text(before), after: text(after), checksum: sha256(after) };
    }),
  );
}

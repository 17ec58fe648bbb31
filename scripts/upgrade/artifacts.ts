import { type Artifact, bundleArtifact, chartArtifact } from "../../artifacts/artifact.ts";
import type { BundleSpec } from "../../catalog/versions.ts";
import { ArtifactError } from "../../artifacts/artifactError.ts";
import type { DownloadOptions } from "../../artifacts/download.ts";
import { sha256 } from "../../artifacts/files.ts";
import { freshArtifacts } from "../../artifacts/freshArtifact.ts";
import type { Upgrade } from "./part.ts";

/** A part's release manifest before and after an upgrade. */
export interface FetchedBundle {
  readonly key: Upgrade["bundles"][number]["key"];
  readonly spec: BundleSpec;
  /** What is installed; `undefined` where it can no longer be had. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What an upgrade installs. */
export interface FetchedArtifacts {
  readonly bundles: readonly FetchedBundle[];
  /** SHA-256 of all that is new, charts too, by key in the lock file. */
  readonly checksums: Readonly<Record<string, string>>;
}

/**
 * Gets the release artifacts of an upgrade.
 *
 * @param location of a mirror; empty for upstream
 * @throws ArtifactError when a new artifact cannot be had
 */
export async function fetchArtifacts(
  { bundles, charts }: Upgrade,
  location: string,
  options: DownloadOptions = {},
): Promise<FetchedArtifacts> {
  const read = await freshArtifacts(location, options);
  const checksums: Record<string, string> = {};
  const readNew = async (artifact: Artifact) => {
    const { content } = await read(artifact);
    artifact.check(content, artifact.url);
    checksums[artifact.key] = sha256(content);
    return content;
  };
  for (const spec of charts) await readNew(chartArtifact(spec));
  const text = (content: Uint8Array) => Buffer.from(content).toString("utf8");
  const fetched = bundles.map(async ({ key, from, to }) => {
    const after = await readNew(bundleArtifact(to));
    const before = await read(bundleArtifact(from)).catch((error: unknown) => {
      // Without it there is less to say of the CRDs, and the new ones are checked all the same.
      if (!(error instanceof ArtifactError)) throw error;
      return undefined;
    });
    return { key, spec: to, before: before && text(before.content), after: text(after) };
  });
  return { bundles: await Promise.all(fetched), checksums };
}

import type { Artifact } from "./artifact.ts";
import type { DownloadOptions } from "./download.ts";
import { openMirror } from "./mirror.ts";
import { downloadArtifact, type ReadFile } from "./upstream.ts";

/**
 * What reads artifacts past the cache and the lock: from a mirror, or from upstream.
 *
 * @param location of the mirror; "" is upstream
 * @throws ArtifactError when the mirror cannot be opened
 */
export async function freshArtifacts(
  location: string,
  options: DownloadOptions = {},
): Promise<(artifact: Artifact) => Promise<ReadFile>> {
  if (location === "") {
    return async (artifact) => ({ content: await downloadArtifact(artifact, options), source: artifact.url });
  }
  const mirror = await openMirror(location, options);
  return ({ path }) => mirror.read(path);
}

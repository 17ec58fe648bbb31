import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Artifact } from "./artifact.ts";
import { ArtifactError } from "./artifactError.ts";
import type { DownloadOptions } from "./download.ts";
import { readIfThere, sha256, writeFileAtomically } from "./files.ts";
import { type Lock, checkLock } from "./lock.ts";

/** A file that passed its checksum. */
export interface ReadFile {
  content: Uint8Array;
  /** Where it came from, for errors: a file or URL. */
  source: string;
}

/** Where a downloaded artifact is kept inside the artifacts' folder. */
export function downloadedFile(folder: string, { path }: Pick<Artifact, "path">): string {
  return join(folder, "downloads", basename(path));
}

/** Where upstream's artifacts are kept and checked. */
export interface UpstreamOptions {
  /** The artifacts' folder. */
  folder: string;
  /** Recorded checksums. */
  lock: Lock;
  /** Where they are recorded, for errors. */
  lockFile: string;
  /** Limits for downloads. */
  download?: DownloadOptions | undefined;
}

/**
 * Gives an artifact from the cache, or downloads it. A file with another checksum than the recorded one is not used: a cached one is
 * downloaded again, a downloaded one is an error and is not kept. Without a recorded checksum the cache is not trusted.
 *
 * @throws ArtifactError in one line that says which artifact, its URL and what is wrong
 */
export async function readUpstream(artifact: Artifact, options: UpstreamOptions): Promise<ReadFile> {
  const { folder, lock, lockFile } = options;
  const file = downloadedFile(folder, artifact);
  const cached = await readIfThere(() => readFile(file));
  if (cached !== undefined && sha256(cached) === lock[artifact.key]) return { content: cached, source: file };

  const content = await downloadArtifact(artifact, options.download);
  checkLock(lock, artifact.key, sha256(content), artifact.url, lockFile);
  artifact.check(content, artifact.url);
  await writeFileAtomically(file, content);
  return { content, source: artifact.url };
}

/**
 * Downloads an artifact, past the cache.
 *
 * @throws ArtifactError in one line that says which artifact, its URL and what is wrong
 */
export async function downloadArtifact(artifact: Artifact, options: DownloadOptions = {}): Promise<Uint8Array> {
  const advice = `where upstream cannot be reached, set artifactsMirror to a folder or URL that holds it`;
  let content: Uint8Array | undefined;
  try {
    content = await artifact.download(options);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new ArtifactError(`${artifact.key}: ${error.message}; ${advice}`);
  }
  if (content === undefined) {
    throw new ArtifactError(
      `${artifact.key}: there is none at ${artifact.url}: check its version and address in catalog/versions.ts`,
    );
  }
  return content;
}

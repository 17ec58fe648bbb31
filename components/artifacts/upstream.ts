import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ArtifactError } from "./artifactError.ts";
import type { BundleFile } from "./chartFolder.ts";
import { type DownloadOptions, download } from "./download.ts";
import { readIfThere, sha256, writeFileAtomically } from "./files.ts";
import { type Lock, checkLock } from "./lock.ts";

/** A release manifest and where upstream has it. */
export interface UpstreamBundle {
  readonly name: string;
  readonly version: string;
  readonly url: string;
}

/** A bundle's key in the lock file and the name of its file, without the ending. */
export function bundleKey({ name, version }: { name: string; version: string }): string {
  return `${name}-${version}`;
}

/** Where a downloaded bundle is kept inside the artifacts' folder. */
export function downloadedFile(folder: string, bundle: { name: string; version: string }): string {
  return join(folder, "downloads", `${bundleKey(bundle)}.yaml`);
}

/** Where upstream's bundles are kept and checked. */
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
 * Gives a bundle from the cache, or downloads it. A file with another checksum than the recorded one is not used: a cached one is
 * downloaded again, a downloaded one is an error and is not kept. Without a recorded checksum the cache is not trusted.
 *
 * @throws ArtifactError in one line that says which bundle, its URL and what is wrong
 */
export async function readUpstream(bundle: UpstreamBundle, options: UpstreamOptions): Promise<BundleFile> {
  const { folder, lock, lockFile } = options;
  const key = bundleKey(bundle);
  const file = downloadedFile(folder, bundle);
  const cached = await readIfThere(() => readFile(file));
  if (cached !== undefined && sha256(cached) === lock[key]) return { ...bundle, content: cached, source: file };

  const content = await downloadBundle(bundle, options.download);
  checkLock(lock, key, sha256(content), bundle.url, lockFile);
  await writeFileAtomically(file, content);
  return { ...bundle, content, source: bundle.url };
}

/**
 * Downloads a bundle, past the cache.
 *
 * @throws ArtifactError in one line that says which bundle, its URL and what is wrong
 */
export async function downloadBundle(bundle: UpstreamBundle, options: DownloadOptions = {}): Promise<Uint8Array> {
  const advice = `where upstream cannot be reached, set artifactsMirror to a folder or URL that holds it`;
  let content: Uint8Array | undefined;
  try {
    content = await download(bundle.url, options);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new ArtifactError(`${bundleKey(bundle)}: ${error.message}; ${advice}`);
  }
  if (content === undefined) {
    throw new ArtifactError(
      `${bundleKey(bundle)}: there is no ${bundle.url}: check its version and URL in components/versions.ts`,
    );
  }
  return content;
}

import { ArtifactError } from "../../artifacts/artifactError.ts";
import type { DownloadOptions } from "../../artifacts/download.ts";
import { readManifest } from "../../artifacts/images/manifest.ts";
import { type Lock, readLock, writeLock } from "../../artifacts/lock.ts";

/**
 * Records the digests of images. Entries of other images go. After a failure the file is as it was.
 *
 * @param images with their tags
 * @returns the new content of the lock file
 * @throws ArtifactError when an image cannot be had, or another digest is recorded of it
 */
export async function recordDigests(
  images: readonly string[],
  lockFile: string,
  options: DownloadOptions = {},
): Promise<Lock> {
  const before = await readLock(lockFile);
  const found = await Promise.all(
    images.map(async (image) => [image, (await readManifest(image, options)).checksum] as const),
  );
  const changed = found.find(([image, digest]) => (before[image] ?? digest) !== digest);
  if (changed !== undefined) {
    const [image, digest] = changed;
    throw new ArtifactError(
      `${image} has digest ${digest}, but ${lockFile} says ${String(before[image])}: find out why`,
    );
  }
  const lock = Object.fromEntries(found);
  await writeLock(lockFile, lock);
  return lock;
}

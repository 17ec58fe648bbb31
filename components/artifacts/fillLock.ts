import { parseManifest } from "../operators/manifest.ts";
import type { DownloadOptions } from "./download.ts";
import { sha256 } from "./files.ts";
import { type Lock, checkLock, readLock, writeLock } from "./lock.ts";
import { type UpstreamBundle, bundleKey, downloadBundle } from "./upstream.ts";

/**
 * Downloads every bundle and records its checksum; entries of bundles that are no longer used go. All or nothing: after a failure the
 * file is as it was.
 *
 * @param bundles what the lock file is to hold
 * @returns the new content of the lock file
 * @throws ArtifactError when a bundle cannot be had, is no manifest, or has another checksum than the recorded one
 */
export async function fillLock(
  bundles: readonly UpstreamBundle[],
  lockFile: string,
  options: DownloadOptions = {},
): Promise<Lock> {
  const before = await readLock(lockFile);
  const entries = bundles.map(async (bundle) => {
    const content = await downloadBundle(bundle, options);
    const checksum = sha256(content);
    checkLock(before, bundleKey(bundle), checksum, bundle.url, lockFile);
    // A login page has a checksum too.
    parseManifest(Buffer.from(content).toString("utf8"), bundle.url);
    return [bundleKey(bundle), checksum] as const;
  });
  const lock = Object.fromEntries(await Promise.all(entries));
  await writeLock(lockFile, lock);
  return lock;
}

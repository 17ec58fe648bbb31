import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ArtifactError } from "../../artifacts/artifactError.ts";
import { type DownloadOptions, download } from "../../artifacts/download.ts";
import { downloadFile } from "../../artifacts/downloadFile.ts";
import { fileSha256 } from "../../artifacts/files.ts";
import { type Lock, readLock, writeLock } from "../../artifacts/lock.ts";
import { layerWith } from "../../artifacts/programs/imageLayer.ts";
import { type FileRelease, type Release, releaseKey } from "../../artifacts/programs/releases.ts";

/**
 * Records the checksums that upstream's lists give its releases; where it publishes no list, that of the file itself, and of
 * an image that of the layer with the program. Entries of other releases go. After a failure the file is as it was.
 *
 * @param releases what the lock file is to hold
 * @param options limits for downloads
 * @returns the new content of the lock file
 * @throws ArtifactError when a list or file cannot be had, a list has no line for its file, or another checksum is recorded
 */
export async function recordReleases(
  releases: readonly Release[],
  lockFile: string,
  options: DownloadOptions = {},
): Promise<Lock> {
  const before = await readLock(lockFile);
  const lists = new Map<string, Promise<string>>();
  const folder = await mkdtemp(join(tmpdir(), "fluffy-observability-"));
  try {
    const lock: Record<string, string> = {};
    const checksumOf = async ({ url, checksums }: FileRelease) => {
      if (checksums === undefined) return ownChecksum(url, folder, options);
      if (!lists.has(checksums)) lists.set(checksums, readList(checksums, options));
      return checksumIn((await lists.get(checksums)) ?? "", url, checksums);
    };
    const waiting = new Map(releases.map((release) => [releaseKey(release), release] as const));
    // One after the other: a large file may be among them.
    for (const [key, release] of waiting) {
      const found = await ("url" in release ? checksumOf(release) : layerWith(release, folder, options));
      const recorded = before[key];
      if (recorded !== undefined && recorded !== found) {
        throw new ArtifactError(`${key} has checksum ${found}, but ${lockFile} says ${recorded}: find out why`);
      }
      lock[key] = found;
    }
    await writeLock(lockFile, lock);
    return lock;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readList(url: string, options: DownloadOptions): Promise<string> {
  const content = await download(url, options);
  if (content === undefined) throw new ArtifactError(`there is no ${url}: check the version`);
  return Buffer.from(content).toString("utf8");
}

async function ownChecksum(url: string, folder: string, options: DownloadOptions): Promise<string> {
  const file = join(folder, "release");
  await rm(file, { force: true });
  if (!(await downloadFile(url, file, options))) throw new ArtifactError(`there is no ${url}: check the version`);
  return fileSha256(file);
}

/** Of a list as `sha256sum` writes it, or of a file with nothing but the one checksum. */
function checksumIn(list: string, url: string, source: string): string {
  const only = /^[0-9a-f]{64}$/i.exec(list.trim())?.[0];
  const lines = [...list.matchAll(/^([0-9a-f]{64}) [ *](?:\.\/)?(\S+)\r?$/gim)];
  const found = only ?? lines.find(([, , name]) => name === basename(url))?.[1];
  if (found === undefined)
    throw new ArtifactError(`${source} has no checksum of ${basename(url)}: nothing is recorded`);
  return found.toLowerCase();
}

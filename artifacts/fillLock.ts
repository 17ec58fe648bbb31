import type { Artifact } from "./artifact.ts";
import type { DownloadOptions } from "./download.ts";
import { sha256 } from "./files.ts";
import { freshArtifacts } from "./freshArtifact.ts";
import { type Lock, checkLock, mirrorKey, readLock, writeLock } from "./lock.ts";

/** Where to record checksums from. */
export interface FillLockOptions {
  /** A folder or URL of a mirror. @default "" - upstream */
  readonly mirror?: string;
  /** Limits for downloads. */
  readonly download?: DownloadOptions;
}

/**
 * Reads every artifact and records its checksum; entries of artifacts that are no longer used go. Of a mirror only what is not upstream's
 * file is recorded, under keys of its own. All or nothing: after a failure the file is as it was.
 *
 * @param artifacts what the lock file is to hold
 * @returns the new content of the lock file
 * @throws ArtifactError when an artifact cannot be had, is another kind of file, or has another checksum than the recorded one
 */
export async function fillLock(
  artifacts: readonly Artifact[],
  lockFile: string,
  { mirror: location = "", download }: FillLockOptions = {},
): Promise<Lock> {
  const before = await readLock(lockFile);
  const isMirror = location !== "";
  const read = await freshArtifacts(location, download);
  const [ownKey, otherKey] = isMirror ? [mirrorKey, upstreamKey] : [upstreamKey, mirrorKey];
  const entries = artifacts.map(async (artifact) => {
    const { content, source } = await read(artifact);
    const [own, other] = [ownKey(artifact.key), otherKey(artifact.key)];
    const checksum = sha256(content);
    artifact.check(content, source);
    const recorded = before[other];
    const kept = recorded === undefined ? [] : [[other, recorded] as const];
    if (isMirror && recorded === checksum) return kept;
    checkLock(before, own, checksum, source, lockFile);
    return [...kept, [own, checksum] as const];
  });
  const lock = Object.fromEntries((await Promise.all(entries)).flat());
  await writeLock(lockFile, lock);
  return lock;
}

function upstreamKey(key: string): string {
  return key;
}

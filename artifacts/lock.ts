import { readFile } from "node:fs/promises";
import { ArtifactError } from "./artifactError.ts";
import { readIfThere, writeFileAtomically } from "./files.ts";

/**
 * SHA-256 checksums of release artifacts. Upstream's are under `<name>-<version>` (a release manifest) and `<name>-<version>.tgz` (a chart);
 * what a mirror has packed anew is under the same with `mirror:` before it.
 */
export type Lock = Readonly<Record<string, string>>;

/**
 * Reads a lock file; one that is not there is empty.
 *
 * @throws ArtifactError when its content is no table of checksums
 */
export async function readLock(file: string): Promise<Lock> {
  const text = await readIfThere(() => readFile(file, "utf8"));
  return text === undefined ? {} : parseLock(text, file);
}

/** Adds checksums to a lock file. What other runs wrote meanwhile stays. */
export async function addToLock(file: string, checksums: Lock): Promise<void> {
  await writeLock(file, { ...(await readLock(file)), ...checksums });
}

/** Writes a lock file, sorted, so that two branches that record different bundles merge. */
export async function writeLock(file: string, lock: Lock): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFileAtomically(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** Where the checksum of a mirror's own file is recorded. */
export function mirrorKey(key: string): string {
  return `mirror:${key}`;
}

/**
 * Compares the checksum of a downloaded artifact with the recorded one.
 *
 * @param key the artifact's
 * @param found checksum of what was downloaded
 * @param url where it was downloaded, for the error
 * @throws ArtifactError when another checksum is recorded
 */
export function checkLock(lock: Lock, key: string, found: string, url: string, file: string): void {
  const expected = lock[key];
  if (expected !== undefined && expected !== found) {
    throw new ArtifactError(
      `${key}: ${url} has checksum ${found}, but ${file} says ${expected}: nothing of it is used; ` +
        `only if upstream is known to have replaced the release, delete the line and run "npm run artifacts:lock"`,
    );
  }
}

/**
 * Compares the checksum of a mirror's file with the recorded ones: the mirror's own and upstream's.
 *
 * @returns whether one is recorded
 * @throws ArtifactError when others are
 */
export function checkMirrored(lock: Lock, key: string, found: string, source: string, file: string): boolean {
  const recorded = [lock[mirrorKey(key)], lock[key]].filter((checksum) => checksum !== undefined);
  if (recorded.length > 0 && !recorded.includes(found)) {
    throw new ArtifactError(
      `artifactsMirror: ${source} has checksum ${found}, but ${file} says ${recorded.join(" or ")}: the file is not used; ` +
        `only if the mirror is known to pack files anew, run "npm run artifacts:lock -- --mirror" with its address`,
    );
  }
  return recorded.length > 0;
}

/**
 * Insists on a recorded checksum for each artifact: in production and on build machines nobody looks at a first download.
 *
 * @param keys of the artifacts
 * @throws ArtifactError that names all artifacts without one
 */
export function checkRecorded(keys: readonly string[], lock: Lock, file: string): void {
  const missing = keys.filter((key) => lock[key] === undefined);
  if (missing.length === 0) return;
  throw new ArtifactError(
    `${file} has no checksum of ${missing.join(", ")}: run "npm run artifacts:lock" where upstream can be reached and commit the file, ` +
      `or set artifactsMirror (production and CI use only recorded artifacts)`,
  );
}

/**
 * As `checkRecorded`, for what comes from a mirror.
 *
 * @param location of the mirror
 */
export function checkMirrorRecorded(keys: readonly string[], lock: Lock, file: string, location: string): void {
  const missing = keys.filter((key) => lock[key] === undefined && lock[mirrorKey(key)] === undefined);
  if (missing.length === 0) return;
  throw new ArtifactError(
    `${file} has no checksum of ${missing.join(", ")}: run "npm run artifacts:lock -- --mirror ${location}", ` +
      `compare with upstream and commit the file (artifactsLocked uses only recorded artifacts)`,
  );
}

function parseLock(text: string, file: string): Lock {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ArtifactError(`${file} is not JSON: restore it from version control`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ArtifactError(`${file} holds no table of checksums: restore it from version control`);
  }
  const entries = Object.entries(value);
  const wrong = entries.find(([, checksum]) => typeof checksum !== "string" || !/^[0-9a-f]{64}$/.test(checksum));
  if (wrong)
    throw new ArtifactError(`${file}: "${wrong[0]}" holds no SHA-256 checksum: restore it from version control`);
  return Object.fromEntries(entries);
}

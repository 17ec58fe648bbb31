import { readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Artifact } from "./artifact.ts";
import type { DownloadOptions } from "./download.ts";
import { readIfThere, sha256, writeFileAtomically } from "./files.ts";
import { freshArtifacts } from "./freshArtifact.ts";
import { checkMirrored, readLock } from "./lock.ts";
import { parseSums, sumsName } from "./mirror.ts";
import { mirrorProgram, programPath, type ReleasedFile } from "./programs/mirrorProgram.ts";

/** What goes into a mirror besides the artifacts, and how they are read. */
export interface FillMirrorOptions {
  /** File with the recorded checksums, which every artifact has to have where one is recorded. */
  readonly lockFile: string;
  /** Files with programs of the sandbox, each as it is recorded. */
  readonly programs: readonly ReleasedFile[];
  /** Images that a registry of the site has to hold, by their names, with the SHA-256 of those whose digest is recorded. */
  readonly images: Readonly<Record<string, string | undefined>>;
  /** Another mirror to read from, a folder or URL. @default "" - upstream */
  readonly from?: string;
  /** Limits for downloads. */
  readonly download?: DownloadOptions;
  /** Keeps others from filling the folder; called before anything is written there. */
  readonly hold: () => Promise<{ release(): void }>;
}

/** A file of a mirror, by its path there. */
interface MirrorFile {
  readonly path: string;
  readonly sum: string;
}

/**
 * Makes a folder that the setting `artifactsMirror` takes: every artifact, the programs, the list of images with their digests
 * (`images.txt` for tools that copy images, `images.lock.json` for the project), and SHA256SUMS. What an earlier call has put there and
 * nothing needs any more is deleted; no other file is touched.
 *
 * @returns the paths of its files
 * @throws ArtifactError when a file cannot be had, is another kind of file, or has another checksum than the recorded one; SHA256SUMS,
 * without which a folder is no mirror, and the lists of images are as they were then
 */
export async function fillMirror(
  artifacts: readonly Artifact[],
  folder: string,
  { lockFile, programs, images, from = "", download, hold }: FillMirrorOptions,
): Promise<string[]> {
  const lock = await readLock(lockFile);
  const stop = new AbortController();
  const read = await freshArtifacts(from, { ...download, signal: stop.signal });
  const write = async (path: string, content: string | Uint8Array): Promise<MirrorFile> => {
    await writeFileAtomically(join(folder, path), content);
    return { path, sum: sha256(content) };
  };
  const held = await hold();
  try {
    const before = await listedFiles(folder);
    const files = await allOrNone(stop, [
      ...artifacts.map(async (artifact) => {
        const { content, source } = await read(artifact);
        artifact.check(content, source);
        checkMirrored(lock, artifact.key, sha256(content), source, lockFile);
        return write(artifact.path, content);
      }),
      ...programs.map(async (program) => {
        await mirrorProgram(program, folder, from, { ...download, signal: stop.signal });
        return { path: programPath(program.key), sum: program.checksum };
      }),
    ]);
    for (const [path, content] of Object.entries(imageLists(images))) files.push(await write(path, content));
    files.sort((one, other) => (one.path < other.path ? -1 : 1));
    const paths = files.map(({ path }) => path);
    // Before the list: what a killed run has left is then still listed, and goes with the next one.
    await removeOutdated(folder, before, paths);
    await write(sumsName, files.map(({ path, sum }) => `${sum}  ${path}\n`).join(""));
    return [...paths, sumsName];
  } finally {
    held.release();
  }
}

/** One failure ends the others, and is thrown when they have ended: nothing is written behind an error that is already said. */
async function allOrNone<T>(stop: AbortController, promises: readonly Promise<T>[]): Promise<T[]> {
  try {
    return await Promise.all(promises);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(promises);
    throw error;
  }
}

function imageLists(images: FillMirrorOptions["images"]): Record<string, string> {
  const recorded = Object.entries(images).filter(([, digest]) => digest !== undefined);
  const lines = Object.entries(images).map(([image, sum]) => (sum === undefined ? image : `${image}@sha256:${sum}`));
  return {
    "images.lock.json": `${JSON.stringify(Object.fromEntries(recorded), undefined, 2)}\n`,
    "images.txt": lines.map((line) => `${line}\n`).join(""),
  };
}

/** What an earlier call has put there, by its paths; nothing of a folder that is no mirror yet. */
export async function listedFiles(folder: string): Promise<string[]> {
  const file = join(folder, sumsName);
  const text = await readIfThere(() => readFile(file, "utf8"));
  return text === undefined ? [] : [...parseSums(text, file).keys()];
}

/** Deletes files that were listed and are not any more, and what killed calls have left of any. */
async function removeOutdated(folder: string, before: readonly string[], now: readonly string[]): Promise<void> {
  const isInside = (path: string) => /^(bundles|charts|programs)\//.test(path) && !path.split("/").includes("..");
  const kept = new Set(now);
  const gone = before.filter((path) => isInside(path) && !kept.has(path));
  await Promise.all(gone.map((path) => rm(join(folder, path), { force: true })));
  const own = [...before, ...now].filter(isInside);
  for (const place of new Set(own.map((path) => dirname(path)))) {
    const names = own.filter((path) => dirname(path) === place).map((path) => basename(path));
    const there = (await readIfThere(() => readdir(join(folder, place)))) ?? [];
    const left = there.filter((name) => names.includes(name.replace(/\.(part|[\da-f-]{36}\.tmp)$/, "")));
    const parts = left.filter((name) => !names.includes(name));
    await Promise.all(parts.map((name) => rm(join(folder, place, name), { force: true })));
  }
}

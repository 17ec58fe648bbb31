import { join } from "node:path";
import type { Artifact } from "./artifact.ts";
import type { DownloadOptions } from "./download.ts";
import { sha256, writeFileAtomically } from "./files.ts";
import { freshArtifacts } from "./freshArtifact.ts";
import { checkMirrored, readLock } from "./lock.ts";

/** What goes into a mirror besides the artifacts, and how they are read. */
export interface FillMirrorOptions {
  /** File with the recorded checksums, which every artifact has to have where one is recorded. */
  readonly lockFile: string;
  /** Images that a registry of the site has to hold. */
  readonly images: readonly string[];
  /** Another mirror to read from, a folder or URL. @default "" - upstream */
  readonly from?: string;
  /** Limits for downloads. */
  readonly download?: DownloadOptions;
}

/**
 * Makes a folder that the setting `artifactsMirror` takes: every artifact, SHA256SUMS, and `images.txt` with a line for each image.
 *
 * @returns the paths of its files
 * @throws ArtifactError when an artifact cannot be had, is another kind of file, or has another checksum than the recorded one;
 * SHA256SUMS, without which a folder is no mirror, is as it was then
 */
export async function fillMirror(
  artifacts: readonly Artifact[],
  folder: string,
  { lockFile, images, from = "", download }: FillMirrorOptions,
): Promise<string[]> {
  const lock = await readLock(lockFile);
  const read = await freshArtifacts(from, download);
  const list = Buffer.from(images.map((image) => `${image}\n`).join(""));
  const written = artifacts.map(async (artifact) => {
    const { content, source } = await read(artifact);
    artifact.check(content, source);
    checkMirrored(lock, artifact.key, sha256(content), source, lockFile);
    await writeFileAtomically(join(folder, artifact.path), content);
    return { path: artifact.path, sum: sha256(content) };
  });
  const files = [...(await Promise.all(written)), { path: "images.txt", sum: sha256(list) }];
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  await writeFileAtomically(join(folder, "images.txt"), list);
  await writeFileAtomically(join(folder, "SHA256SUMS"), files.map(({ path, sum }) => `${sum}  ${path}\n`).join(""));
  return [...files.map(({ path }) => path), "SHA256SUMS"];
}

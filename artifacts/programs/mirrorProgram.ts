import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ArtifactError } from "../artifactError.ts";
import { type DownloadFileOptions, downloadFile } from "../downloadFile.ts";
import { fileSha256, readIfThere } from "../files.ts";
import { isRemote, placeInMirror } from "../mirror.ts";
import { anonymously } from "../registry.ts";
import { lockFileName } from "./releases.ts";

/** A file with programs that upstream releases. */
export interface ReleasedFile {
  /** Its key in programs.lock.json. */
  readonly key: string;
  readonly url: string;
  /** SHA-256 as it is recorded. */
  readonly checksum: string;
}

/** Where a mirror has a released file. */
export function programPath(key: string): string {
  return `programs/${key}`;
}

/**
 * Where a released file is asked for, and how: upstream may be a registry, which gives everybody a token, and may lead to another host, for which
 * a mirror has no reason.
 *
 * @param mirror a folder or URL; "" is upstream
 */
export function programSource(
  { key, url }: Pick<ReleasedFile, "key" | "url">,
  mirror: string,
  options: DownloadFileOptions,
): { source: string; request: DownloadFileOptions } {
  if (mirror === "") return { source: url, request: anonymously(url, options) };
  return { source: placeInMirror(mirror, programPath(key)), request: { ...options, redirects: "same-host" } };
}

/**
 * Puts a released file into a mirror. One that is there as it is recorded stays; a download that was cut off is gone on with.
 *
 * @param folder of the mirror
 * @param from another mirror that has it; "" is upstream
 * @throws ArtifactError when it cannot be had, or has another checksum than the recorded one
 */
export async function mirrorProgram(
  released: ReleasedFile,
  folder: string,
  from: string,
  options: DownloadFileOptions = {},
): Promise<void> {
  const { key, checksum } = released;
  const file = join(folder, programPath(key));
  if ((await readIfThere(() => fileSha256(file))) === checksum) return;
  const { source, request } = programSource(released, from, options);
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  const isThere = isRemote(source)
    ? await downloadFile(source, part, request)
    : (await readIfThere(() => copyFile(source, part).then(() => true))) === true;
  if (!isThere) throw new ArtifactError(`there is no ${source}`);
  const found = await fileSha256(part);
  if (found !== checksum) {
    await rm(part);
    throw new ArtifactError(`${source} has checksum ${found}, but ${lockFileName} says ${checksum}: it is not used`);
  }
  await rename(part, file);
}

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ArtifactError } from "./artifactError.ts";
import { type DownloadOptions, download } from "./download.ts";
import { readIfThere, sha256 } from "./files.ts";
import type { ReadFile } from "./upstream.ts";

/**
 * What stands before the folder of the sandbox's stand-ins in `artifactsMirror`. They alone are held to no recorded checksum: they hold
 * nothing of upstream's, and the program says that they are installed.
 */
export const standInsPrefix = "stand-ins:";

/** The list of a mirror's files and their checksums. */
export const sumsName = "SHA256SUMS";

/** A place that holds all artifacts, with a list of their checksums: the setting `artifactsMirror`. */
export interface Mirror {
  /**
   * Reads a file of the mirror.
   *
   * @param path such as `bundles/<name>-<version>.yaml`
   * @throws ArtifactError when the mirror does not have the file, or not with the checksum that its SHA256SUMS says
   */
  read(path: string): Promise<ReadFile>;
}

/**
 * Opens a mirror and reads its SHA256SUMS.
 *
 * @param location a folder, with or without `standInsPrefix`, or an `https` URL; a folder is read without any network
 * @param options limits for a URL
 * @throws ArtifactError when there is no SHA256SUMS, it cannot be understood, or the URL holds a password or is not `https`
 */
export async function openMirror(location: string, options: DownloadOptions = {}): Promise<Mirror> {
  const sumsSource = placeInMirror(location, sumsName);
  const text = await fetchFile(location, sumsSource, options);
  if (text === undefined) {
    throw new ArtifactError(
      `artifactsMirror: there is no ${sumsSource}: a mirror holds SHA256SUMS, bundles/ and charts/`,
    );
  }
  const sums = parseSums(Buffer.from(text).toString("utf8"), sumsSource);
  return {
    async read(path) {
      const source = placeInMirror(location, path);
      const expected = sums.get(path);
      if (expected === undefined) throw new ArtifactError(`artifactsMirror: ${sumsSource} has no line for ${path}`);
      const content = await fetchFile(location, source, options);
      if (content === undefined) throw new ArtifactError(`artifactsMirror: there is no ${source}`);
      const found = sha256(content);
      if (found !== expected) {
        throw new ArtifactError(
          `artifactsMirror: ${source} has checksum ${found}, but ${sumsSource} says ${expected}: the file is not used`,
        );
      }
      return { content, source };
    },
  };
}

function fetchFile(location: string, source: string, options: DownloadOptions): Promise<Uint8Array | undefined> {
  return isRemote(location)
    ? download(source, { ...options, redirects: "same-host" })
    : readIfThere(() => readFile(source));
}

/** Whether a mirror is a URL and no folder. */
export function isRemote(location: string): boolean {
  return /^https?:\/\//.test(location);
}

/**
 * A mirror as a setting has it: a relative folder is seen from the project's.
 *
 * @param folder of the project
 * @param location a folder or URL; "" is none
 */
export function mirrorSeenFrom(folder: string, location: string): string {
  return location === "" || isRemote(location) ? location : resolve(folder, location);
}

/**
 * Where a mirror has a file.
 *
 * @param location as for `openMirror`
 * @param path of the file inside the mirror
 * @throws ArtifactError when the URL holds a password: it would end up in previews and logs, and fetch refuses it too
 */
export function placeInMirror(location: string, path: string): string {
  if (!isRemote(location)) {
    return join(location.startsWith(standInsPrefix) ? location.slice(standInsPrefix.length) : location, path);
  }
  const url = new URL(location);
  if (url.username !== "" || url.password !== "") {
    throw new ArtifactError(`artifactsMirror: the URL of ${url.host} must not hold a user name or password`);
  }
  return `${location.replace(/\/+$/, "")}/${path}`;
}

/**
 * Whether a mirror says that it has a file. One that has programs only may have no list.
 *
 * @param path of the file inside the mirror
 * @throws ArtifactError when the list cannot be read
 */
export async function isListed(location: string, path: string, options: DownloadOptions = {}): Promise<boolean> {
  const source = placeInMirror(location, sumsName);
  const text = await fetchFile(location, source, options);
  return text !== undefined && parseSums(Buffer.from(text).toString("utf8"), source).has(path);
}

/**
 * Reads lines as `sha256sum` writes them: the checksum, a blank, a blank or `*`, the path.
 *
 * @param source where the text is from, for errors
 * @returns checksums by path
 * @throws ArtifactError for another line
 */
export function parseSums(text: string, source: string): Map<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return new Map(
    lines.map((line, index) => {
      const [, sum, path] = /^([0-9a-f]{64}) [ *](?:\.\/)?(\S.*)$/i.exec(line) ?? [];
      if (sum === undefined || path === undefined) {
        throw new ArtifactError(`artifactsMirror: ${source}:${index + 1}: expected "<sha256>  <path>"`);
      }
      return [path, sum.toLowerCase()];
    }),
  );
}

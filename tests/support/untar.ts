import { gunzipSync } from "node:zlib";

/** The files of a `.tgz` archive in `ustar` format, by path. */
export function untar(archive: Uint8Array): Map<string, string> {
  const bytes = gunzipSync(archive);
  const text = (start: number, end: number) => bytes.toString("utf8", start, end).replace(/\0.*$/s, "");
  const files = new Map<string, string>();
  for (let at = 0; bytes[at] !== 0 && at < bytes.length;) {
    const size = Number.parseInt(text(at + 124, at + 136), 8);
    files.set(text(at, at + 100), bytes.toString("utf8", at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

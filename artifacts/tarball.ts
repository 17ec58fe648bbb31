import { gunzipSync, gzipSync } from "node:zlib";

/** Archives in POSIX `ustar` format consist of blocks of so many bytes. */
const block = 512;

/**
 * A `.tgz` archive of files: what Helm reads a chart from. The same files give the same bytes on every machine.
 *
 * @param files contents by path
 * @throws RangeError for a path of more than 100 bytes
 */
export function pack(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const entries = Object.entries(files).flatMap(([path, data]) => {
    const content = Buffer.from(data);
    return [header(path, content.length), content, Buffer.alloc(-content.length & (block - 1))];
  });
  // Not compressed: how zlib compresses differs from version to version.
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * block)]), { level: 0 });
}

/**
 * The files of a `.tgz` archive by path.
 *
 * @returns `undefined` for what is no such archive, or holds more than plain files and folders
 */
export function unpack(archive: Uint8Array): Record<string, Buffer> | undefined {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(archive);
  } catch {
    return undefined;
  }
  const files: Record<string, Buffer> = {};
  for (let at = 0; bytes.length >= at + block && bytes[at] !== 0;) {
    const field = (start: number, length: number) =>
      bytes.toString("utf8", at + start, at + start + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12), 8);
    const [type, prefix] = [field(156, 1), field(345, 155)];
    if (!["", "0", "5"].includes(type) || prefix !== "" || !(size >= 0)) return undefined;
    if (type !== "5") files[field(0, 100)] = bytes.subarray(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

/** The block before a file; numbers are octal. */
function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`${path} is too long for an archive`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  bytes.write(path, 0);
  bytes.write(octal(0o644, 7), 100);
  bytes.write(octal(0, 7), 108); // owner
  bytes.write(octal(0, 7), 116); // group
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(0, 11), 136); // time of change
  bytes.write(" ".repeat(8), 148); // the checksum counts itself as blanks
  bytes.write("0", 156); // a plain file
  bytes.write("ustar\u000000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${octal(sum, 6)}\u0000`, 148);
  return bytes;
}

import { gzipSync } from "node:zlib";

const block = 512;

/**
 * A `.tgz` archive of text files: what Helm reads a chart from. The same files give the same bytes on every machine.
 *
 * @param files contents by path; a path has at most 100 bytes
 */
export function tarball(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    return [header(path, content.length), content, Buffer.alloc(-content.length & (block - 1))];
  });
  // Not compressed: how zlib compresses differs from version to version.
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * block)]), { level: 0 });
}

/** The 512 bytes before a file in POSIX `ustar` format; numbers are octal. */
function header(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  bytes.write(path, 0, 100);
  bytes.write(octal(0o644, 7), 100);
  bytes.write(octal(0, 7), 108); // owner
  bytes.write(octal(0, 7), 116); // group
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(0, 11), 136); // time of change
  bytes.write(" ".repeat(8), 148); // the checksum counts itself as blanks
  bytes.write("0", 156); // a plain file
  bytes.write("ustar\u000000", 257);
  bytes.write(
    `${octal(
      bytes.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\u0000`,
    148,
  );
  return bytes;
}

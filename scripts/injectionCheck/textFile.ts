import { readFileSync } from "node:fs";
import { UserError } from "../../cli/errors.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "is a folder, not a file",
  EACCES: "may not be read",
};

/**
 * Reads a text file; a byte order mark is left out.
 *
 * @throws UserError with file and reason when it cannot be read, or is neither UTF-8 nor, by its byte order mark, UTF-16
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new UserError(`${file}: ${reasons[code] ?? message}`);
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${file}: is not UTF-8`);
  }
}

/** Windows PowerShell writes UTF-16, and pip reads it. */
function encodingOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString("hex");
  return mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8";
}

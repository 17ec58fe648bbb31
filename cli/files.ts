import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "./errors.ts";

/**
 * Writes a file so that a reader, or the next run after a kill, sees the old content or the new one, never a part.
 *
 * @param mode who may read, write and run it
 * @throws UserError when the folder cannot be written, e.g. a full disk.
 */
export function writeFileAtomically(file: string, content: string, mode = 0o600): void {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    try {
      writeFileSync(temporary, content, { mode });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

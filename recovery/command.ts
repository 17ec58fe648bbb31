import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { cannotRun } from "../cli/cannotRun.ts";
import { lastLine, UserError } from "../cli/errors.ts";

/** Helm's records of a whole cluster are read at once. */
const MAX_BYTES = 2 ** 28;

/**
 * Runs `pulumi` or `kubectl` to its end.
 *
 * @returns what it has printed
 * @throws UserError with its last words
 */
export async function runCommand(file: string, args: readonly string[], cwd?: string): Promise<string> {
  try {
    return (await promisify(execFile)(file, args, { maxBuffer: MAX_BYTES, cwd })).stdout;
  } catch (error) {
    const { stderr, message, code } = error as { stderr?: string; message: string; code?: string | number };
    if (code === "ENOENT") throw cannotRun(file, error as NodeJS.ErrnoException);
    throw new UserError(`${path.basename(file)}: ${lastLine(stderr ?? "") || message}`);
  }
}

import path from "node:path";
import { lastLine, UserError } from "../cli/errors.ts";
import { runCommand as runToEnd } from "../cli/runCommand.ts";

/**
 * Runs `pulumi` or `kubectl` to its end.
 *
 * @returns what it has printed
 * @throws UserError with its last words
 */
export async function runCommand(file: string, args: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(file, args, cwd === undefined ? {} : { cwd });
  if (code === 0) return stdout;
  throw new UserError(`${path.basename(file)}: ${lastLine(stderr) || `it ended with code ${code}`}`);
}

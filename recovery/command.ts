import path from "node:path";
import { lastLine, UserError } from "../cli/errors.ts";
import { runCommand as runToEnd } from "../cli/runCommand.ts";

/**
 * Runs `pulumi` or `kubectl` to its end.
 *
 * @returns what it has printed
 * @throws UserError with its last words, and with every error where there is more than one: the last may only say what to do
 */
export async function runCommand(file: string, args: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(file, args, cwd === undefined ? {} : { cwd });
  if (code === 0) return stdout;
  // Pulumi lists what it found, indented, below one error, or writes an error for each.
  const [, errors = ""] = /^(error:.*)$/ms.exec(stderr) ?? [];
  const lines = errors.split("\n").filter((line) => /^(error:|\s+\S)/.test(line));
  const words = lines.length > 1 ? lines.join("\n") : lastLine(stderr);
  throw new UserError(`${path.basename(file)}: ${words || `it ended with code ${code}`}`);
}

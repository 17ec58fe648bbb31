import { spawn } from "node:child_process";
import { cannotRun } from "./cannotRun.ts";

/** How a program ended. */
export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  /** Standard output alone: for programs to read. */
  readonly stdout: string;
  /** Standard output and standard error in the order in which they came: for people. */
  readonly output: string;
}

/**
 * Runs a program of PATH to its end.
 *
 * @param cwd folder that it runs in. @default this process' own
 * @param onOutput gets its output while it runs
 * @param input for its standard input
 * @throws UserError when there is no such program
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { onOutput, input = "", cwd }: { onOutput?: (text: string) => void; input?: string; cwd?: string } = {},
): Promise<CommandResult> {
  const child = spawn(program, args, { stdio: "pipe", ...(cwd === undefined ? {} : { cwd }) });
  let stdout = "";
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (stream === child.stdout) stdout += text;
      output += text;
      onOutput?.(text);
    });
  }
  // A program that does not read its input to the end has said why.
  child.stdin.on("error", () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => {
      reject(cannotRun(program, error));
    });
    child.on("close", resolve);
  });
  return { code, stdout, output };
}

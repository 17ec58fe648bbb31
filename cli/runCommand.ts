import { spawn } from "node:child_process";
import { cannotRun } from "./cannotRun.ts";

/** How a program ended. */
export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  /** Standard output alone: for programs to read. */
  readonly stdout: string;
  /** Standard error alone. */
  readonly stderr: string;
  /** Standard output and standard error in the order in which they came: for people. */
  readonly output: string;
}

/** How to run a program. */
export interface CommandOptions {
  /** Folder that it runs in. @default this process' own */
  cwd?: string;
  /** @default this process' own */
  env?: NodeJS.ProcessEnv;
  /** For its standard input. @default "" */
  input?: string;
  /** Gets its output while it runs. */
  onOutput?: (text: string) => void;
  /** Whether it gets a process group of its own, so that a terminal's Ctrl-C is not for it. @default false */
  detached?: boolean;
  /** Sends it SIGINT. */
  interrupt?: AbortSignal | undefined;
}

/**
 * Runs a program of PATH to its end.
 *
 * @throws UserError when there is no such program
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd = ".", env, input = "", onOutput, detached = false, interrupt }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(program, args, { stdio: "pipe", cwd, env, detached });
  const text = { stdout: "", stderr: "", output: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (data: string) => {
      text[name] += data;
      text.output += data;
      onOutput?.(data);
    });
  }
  const stop = () => child.kill("SIGINT");
  interrupt?.addEventListener("abort", stop, { once: true });
  // A program that does not read its input to the end has said why.
  child.stdin.on("error", () => undefined).end(input);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", (error) => {
        reject(cannotRun(program, error));
      });
      child.on("close", resolve);
    });
    return { code, ...text };
  } finally {
    interrupt?.removeEventListener("abort", stop);
  }
}

import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";

/**
 * Starts a program that writes into a log of its own.
 *
 * @param log file that the output is added to; nobody else can read it
 */
export function spawnLogged(
  program: string,
  args: readonly string[],
  log: string,
  options: Omit<SpawnOptions, "stdio">,
): ChildProcess {
  mkdirSync(path.dirname(log), { recursive: true });
  const output = openSync(log, "a", 0o600);
  try {
    return spawn(program, args, { ...options, stdio: ["ignore", output, output] });
  } finally {
    closeSync(output);
  }
}

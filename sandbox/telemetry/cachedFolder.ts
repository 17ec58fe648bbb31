import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../cli/errors.ts";
import { makeOnce } from "../../cli/makeOnce.ts";
import type { Report } from "../../cli/report.ts";

/** A folder of the cache that packages are installed into, once. */
export interface CachedFolder {
  /** Absolute; its name changes with everything that its content depends on. */
  folder: string;
  /** What is done, for people, e.g. "installing the Python packages of apps/python-api/requirements.lock". */
  label: string;
}

/** Runs a program with its output in the log, e.g. an installer. */
export type Run = (command: string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }) => Promise<void>;

/**
 * Makes a folder aside and renames it, so that one that is there is whole; any number of processes may ask at once.
 *
 * @param make fills the folder that it is given
 * @throws UserError with the last line of the log, when a program that `make` runs fails.
 */
export async function ensureCachedFolder(
  { folder, label }: CachedFolder,
  report: Report,
  make: (folder: string, run: Run) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) return folder;
  await makeOnce({ path: folder, lock: `${folder}.lock`, label, othersDo: "does it" }, report, async () => {
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    await make(partial, (command, options) => execute(command, `${folder}.log`, label, options));
    renameSync(partial, folder);
  });
  return folder;
}

async function execute(
  [program = "", ...args]: string[],
  logFile: string,
  label: string,
  options: Parameters<Run>[1] = {},
): Promise<void> {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w");
  const child = spawn(program, args, { ...options, stdio: ["ignore", log, log] });
  closeSync(log);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? new UserError(`${label} needs ${program}, which is not on PATH`) : error);
    });
    child.on("close", resolve);
  });
  if (code === 0) return;
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  throw new UserError(`${label} failed: ${lines.at(-1) ?? ""}; whole log: ${logFile}`);
}

import { existsSync, renameSync, rmSync } from "node:fs";
import { lastLine, UserError } from "../../cli/errors.ts";
import { writeFileAtomically } from "../../cli/files.ts";
import { makeOnce } from "../../cli/makeOnce.ts";
import type { Report } from "../../cli/report.ts";
import { runCommand } from "../../cli/runCommand.ts";

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
  options?: Parameters<Run>[1],
): Promise<void> {
  const { code, output } = await runCommand(program, args, options);
  writeFileAtomically(logFile, output);
  if (code !== 0) throw new UserError(`${label} failed: ${lastLine(output)}; whole log: ${logFile}`);
}

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** The commit that figures are compared with. */
export const formerCommit = "06fdc80";

/** Whether the clone holds that commit: one without its history does not. */
export function hasFormerCommit(project: string): boolean {
  const commit = `${formerCommit}^{commit}`;
  return spawnSync("git", ["cat-file", "-e", commit], { cwd: project, stdio: "ignore" }).status === 0;
}

/**
 * Writes the project as it was at that commit, with the packages of now.
 *
 * @param project folder of the project, a git work tree
 * @param folder where it is written
 * @throws Error when the clone does not hold the commit
 */
export function writeFormerProgram(project: string, folder: string): void {
  let archive: Buffer;
  try {
    archive = execFileSync("git", ["archive", "--format=tar", formerCommit], {
      cwd: project,
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    throw new Error(`commit ${formerCommit} is not in this clone: git fetch --unshallow brings it`);
  }
  mkdirSync(folder);
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
}

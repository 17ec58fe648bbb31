import { spawnSync } from "node:child_process";
import { cannotRun } from "../../cli/cannotRun.ts";
import { lastLine, UserError } from "../../cli/errors.ts";

/**
 * The files under a folder as they were at a commit.
 *
 * @param project folder of the work tree
 * @param ref a commit as git understands it: a branch, a tag, `HEAD^1`
 * @param folder relative to the project
 * @returns contents by path relative to the project
 * @throws UserError in one line when git knows no such commit
 */
export function filesAt(project: string, ref: string, folder: string): Map<string, string> {
  // A commit and nothing else: a ref that begins with a dash would be an option.
  const commit = git(project, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]).trim();
  if (commit === "") throw new UserError(`--against "${ref}": git knows no such commit (in CI: is it fetched?)`);
  const listed = git(project, ["ls-tree", "-r", "-z", "--name-only", commit, "--", `${folder}/`]);
  const paths = listed.split("\0").filter((path) => path !== "");
  return new Map(paths.map((path) => [path, git(project, ["show", `${commit}:./${path}`])]));
}

function git(project: string, args: readonly string[]): string {
  const options = { cwd: project, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const { error, status, stdout, stderr } = spawnSync("git", args, options);
  if (error) throw cannotRun("git", error);
  // Asked quietly, it says nothing of a commit that it does not know.
  if (status !== 0 && stderr !== "") throw new UserError(`git ${args[0] ?? ""} failed: ${lastLine(stderr)}`);
  return stdout;
}

import path from "node:path";
import { UserError } from "./errors.ts";
import { firstProgram, pathFolders } from "./onPath.ts";

/** Where people get the programs that the project does not bring itself. */
const sources: Readonly<Record<string, string>> = {
  ctlptl: "https://github.com/tilt-dev/ctlptl",
  docker: "https://docs.docker.com/get-docker",
  gh: "https://cli.github.com",
  git: "https://git-scm.com",
  kind: "https://kind.sigs.k8s.io",
  kubectl: "https://kubernetes.io/docs/tasks/tools",
  pulumi: "https://www.pulumi.com/docs/install",
};

/**
 * Why a program could not be started, in one line; for one that is missing, where to get it.
 *
 * @param program its path, or its name on PATH
 * @param error what the system said
 */
export function cannotRun(program: string, { code, message }: NodeJS.ErrnoException): UserError {
  const name = path.basename(program);
  if (code !== "ENOENT") return new UserError(`${name} cannot be run: ${message}`);
  if (name !== program) return new UserError(`there is no program ${program}`);
  return new UserError(missing(name));
}

/**
 * Looks for programs before the first step that would change something.
 *
 * @throws UserError in one line that says which are not on PATH, and where to get them
 */
export function requirePrograms(...names: readonly string[]): void {
  const absent = names.filter((name) => firstProgram(name, pathFolders()) === undefined);
  if (absent.length > 0) throw new UserError(absent.map(missing).join("; "));
}

function missing(name: string): string {
  const source = sources[name];
  return `${name} is not on PATH${source === undefined ? "" : `: get it from ${source}`}`;
}

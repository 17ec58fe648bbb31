import { cp, symlink } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

const projectFolder = resolve(import.meta.dirname, "../..");

/** Not of the project's text: installed, generated, or a run's state. */
const left = ["node_modules", ".git", ".artifacts", ".sandbox", ".venv", "__pycache__"];

/** Copies the project into an empty folder, for scripts that change its files; they run with the packages of the original. */
export async function copyProject(folder: string): Promise<void> {
  await cp(projectFolder, folder, { recursive: true, filter: (source) => !left.includes(basename(source)) });
  await symlink(join(projectFolder, "node_modules"), join(folder, "node_modules"));
}

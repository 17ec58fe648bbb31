import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The folders of PATH, in their order. */
export function pathFolders(folders = process.env.PATH ?? ""): string[] {
  return folders.split(path.delimiter).filter((folder) => folder !== "");
}

/** The first file of that name in the folders that may be run; undefined where there is none. */
export function firstProgram(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

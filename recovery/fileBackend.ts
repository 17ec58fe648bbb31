import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/**
 * Folder of the backend that pulumi is logged in to; undefined for one that is no folder.
 *
 * @param pulumi runs it and gives what it prints
 * @param folder where it runs
 */
export async function fileBackend(
  pulumi: (...args: string[]) => Promise<string>,
  folder: string,
): Promise<string | undefined> {
  const { url = "" } = JSON.parse(await pulumi("whoami", "--json")) as { url?: string };
  return backendFolder(url, folder);
}

/** The folder that a backend's URL means, as pulumi reads it: without query and fragment, `~` is the home folder, `%20` a blank. */
export function backendFolder(url: string, folder: string): string | undefined {
  const [, where] = /^file:\/\/([^?#]*)/.exec(url) ?? [];
  if (where === undefined) return undefined;
  return decodeURIComponent(
    path.resolve(
      folder,
      where.replace(/^~(?=\/|$)/, () => homedir()),
    ),
  );
}

/** The state of one stack in a file backend. */
export interface StateFile {
  project: string;
  stack: string;
  file: string;
}

/** Where a stack's state is in a file backend's folder. */
export function stateFileOf(backend: string, project: string, stack: string): string {
  return path.join(backend, ".pulumi", "stacks", project, `${stack}.json`);
}

/** The states that there are in a file backend's folder. */
export function stateFiles(backend: string): StateFile[] {
  const stacks = path.join(backend, ".pulumi", "stacks");
  return namesIn(stacks).flatMap((project) =>
    namesIn(path.join(stacks, project)).flatMap((name) => {
      const stack = /^(.+)\.json$/.exec(name)?.[1];
      return stack === undefined ? [] : [{ project, stack, file: path.join(stacks, project, name) }];
    }),
  );
}

/** What is in a folder; nothing where there is none. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

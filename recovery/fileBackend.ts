import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folder of the backend that pulumi is logged in to; undefined for one that is no folder.
 *
 * @param pulumi runs it and gives what it prints
 */
export async function fileBackend(pulumi: (...args: string[]) => Promise<string>): Promise<string | undefined> {
  const { url = "" } = JSON.parse(await pulumi("whoami", "--json")) as { url?: string };
  if (!url.startsWith("file://")) return undefined;
  // `file://~` stands for the home folder.
  return url.startsWith("file://~") ? url.replace("file://~", process.env.HOME ?? "") : fileURLToPath(url);
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

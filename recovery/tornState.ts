import { copyFileSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../sandbox/errors.ts";

/** A stack whose state in a file backend cannot be read, as a full disk leaves it. */
export interface TornState {
  project: string;
  stack: string;
  /** The state's file. */
  file: string;
  /** The newest copy that can be read. */
  copy?: { file: string; time: Date };
}

/** The torn states in a file backend's folder. */
export function tornStates(backend: string): TornState[] {
  const stacks = path.join(backend, ".pulumi", "stacks");
  return list(stacks).flatMap((project) =>
    list(path.join(stacks, project)).flatMap((name) => {
      const stack = /^(.+)\.json$/.exec(name)?.[1];
      const file = path.join(stacks, project, name);
      if (stack === undefined || canBeRead(file)) return [];
      const backups = path.join(backend, ".pulumi", "backups", project, stack);
      const copies = list(backups).filter((backup) => backup.endsWith(".json"));
      const [copy] = [`${file}.bak`, ...copies.map((backup) => path.join(backups, backup))]
        .filter(canBeRead)
        .map((each) => ({ file: each, time: statSync(each).mtime }))
        .sort((a, b) => b.time.getTime() - a.time.getTime());
      return [{ project, stack, file, ...(copy && { copy }) }];
    }),
  );
}

/** What `restoreState` would do, as a line. */
export function tornLine({ stack, copy }: TornState): string {
  return `state of stack ${stack}, torn as a full disk leaves it: ${copy ? `take the copy of ${copy.time.toISOString()}` : "no copy of it can be read"}`;
}

/**
 * Puts the newest copy in the place of a torn state, which is kept beside it as `.torn`.
 *
 * @throws UserError when there is no copy
 */
export function restoreState({ stack, file, copy }: TornState): void {
  if (copy === undefined) {
    throw new UserError(`the state of stack ${stack} is torn, and no copy of it can be read: ${file}`);
  }
  const restored = `${file}.restored`;
  copyFileSync(copy.file, restored);
  renameSync(file, `${file}.torn`);
  renameSync(restored, file);
}

function canBeRead(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

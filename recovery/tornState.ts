import { copyFileSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../cli/errors.ts";
import { namesIn, type StateFile, stateFiles } from "./fileBackend.ts";

/** A stack whose state in a file backend cannot be read, as a full disk leaves it. */
export interface TornState extends StateFile {
  /** The newest copy that can be read. */
  copy?: { file: string; time: Date };
}

/** The torn states in a file backend's folder. */
export function tornStates(backend: string): TornState[] {
  return stateFiles(backend)
    .filter(({ file }) => !canBeRead(file))
    .map((state) => {
      const backups = path.join(backend, ".pulumi", "backups", state.project, state.stack);
      const copies = namesIn(backups).filter((name) => name.endsWith(".json"));
      const [copy] = [`${state.file}.bak`, ...copies.map((name) => path.join(backups, name))]
        .filter(canBeRead)
        .map((file) => ({ file, time: statSync(file).mtime }))
        .sort((a, b) => b.time.getTime() - a.time.getTime());
      return { ...state, ...(copy && { copy }) };
    });
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

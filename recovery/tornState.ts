import { copyFileSync, existsSync, linkSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../cli/errors.ts";
import { namesIn, type StateFile, stateFiles } from "./fileBackend.ts";

/** A stack whose state in a file backend cannot be read, as a full disk or a killed run leaves it. */
export interface TornState extends StateFile {
  /** What cannot be read: the state, or what the backend notes beside it, without which it is as good. */
  torn: "state" | "attributes";
  /** The newest copy of the state that can be read. */
  copy?: { file: string; time: Date };
}

/** The torn states in a file backend's folder. */
export function tornStates(backend: string): TornState[] {
  return stateFiles(backend).flatMap((state): TornState[] => {
    if (canBeRead(state.file)) {
      const attributes = attributesOf(state.file);
      return existsSync(attributes) && !canBeRead(attributes) ? [{ ...state, torn: "attributes" }] : [];
    }
    const backups = path.join(backend, ".pulumi", "backups", state.project, state.stack);
    const copies = namesIn(backups).filter((name) => name.endsWith(".json"));
    const [copy] = [`${state.file}.bak`, ...copies.map((name) => path.join(backups, name))]
      .filter(canBeRead)
      .map((file) => ({ file, time: statSync(file).mtime }))
      .sort((a, b) => b.time.getTime() - a.time.getTime());
    return [{ ...state, torn: "state", ...(copy && { copy }) }];
  });
}

/** What `restoreState` would do, as a line. */
export function tornLine({ stack, torn, copy }: TornState): string {
  if (torn === "attributes") {
    return `attributes of the state of stack ${stack}, torn as a killed run leaves them: take them away`;
  }
  return `state of stack ${stack}, torn as a full disk leaves it: ${copy ? `take the copy of ${copy.time.toISOString()}` : "no copy of it can be read"}`;
}

/**
 * Puts the newest copy in the place of a torn state, which is kept beside it as `.torn`.
 *
 * @throws UserError when there is no copy
 */
export function restoreState({ stack, file, torn, copy }: TornState): void {
  if (torn === "attributes") {
    rmSync(attributesOf(file));
    return;
  }
  if (copy === undefined) {
    throw new UserError(`the state of stack ${stack} is torn, and no copy of it can be read: ${file}`);
  }
  const restored = `${file}.restored`;
  copyFileSync(copy.file, restored);
  // By a link, for which a full disk has room.
  rmSync(`${file}.torn`, { force: true });
  linkSync(file, `${file}.torn`);
  // At once: where there is no file there is no stack, and the next run would begin anew.
  renameSync(restored, file);
  rmSync(attributesOf(file), { force: true });
}

/** Content type and checksum, which the engine's library keeps beside each file, and writes before it moves that to its place. */
function attributesOf(file: string): string {
  return `${file}.attrs`;
}

function canBeRead(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

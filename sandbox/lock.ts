import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "./errors.ts";
import { isRunning, ownIdentity, type ProcessIdentity } from "./processes.ts";

/** A held lock. */
export interface Lock {
  release(): void;
}

interface Holder extends ProcessIdentity {
  verb: string;
}

/**
 * Keeps two runs on one state folder apart. The lock of a process that is gone is taken over.
 *
 * @param state the state folder
 * @param verb what this run does, for the message that another run gets
 * @throws UserError when another run holds it, or the folder cannot be written.
 */
export function acquireLock(state: string, verb: string): Lock {
  const file = path.join(state, "lock");
  const own: Holder = { ...ownIdentity(), verb };
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(state, { recursive: true });
    writeFileSync(temporary, JSON.stringify(own));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
  try {
    // A link with the content already in place: nobody ever reads an empty lock.
    if (!tryLink(temporary, file)) {
      removeStale(file, state);
      if (!tryLink(temporary, file)) throw inUse(readHolder(file), state);
    }
  } finally {
    rmSync(temporary, { force: true });
  }
  return {
    release: () => {
      rmSync(file, { force: true });
    },
  };
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new UserError(`cannot write ${to}: ${(error as Error).message}`);
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function removeStale(file: string, state: string): void {
  const holder = readHolder(file);
  if (holder !== undefined && isRunning(holder)) throw inUse(holder, state);
  // Moved, not removed: between the look and the move another run may have taken the stale lock over, and then has it back.
  const moved = `${file}.${String(process.pid)}.stale`;
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  const found = readHolder(moved);
  if (found !== undefined && isRunning(found)) tryLink(moved, file);
  rmSync(moved, { force: true });
}

function inUse(holder: Holder | undefined, state: string): UserError {
  const who = holder === undefined ? "another run" : `"${holder.verb}" (process ${String(holder.pid)})`;
  return new UserError(`${who} is at work in ${state}: wait for it or end it, or use another --state and --port`);
}

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isRunning, ownIdentity, type ProcessIdentity } from "./processes.ts";

/** A held lock; `release` gives it up. */
export interface HeldLock {
  release(): void;
}

/**
 * Takes the lock that a file stands for, or tells who holds it. The lock of a process that is gone is taken over.
 *
 * @param file the lock's file; its folder is made
 * @throws the system's error when the folder cannot be written
 */
export function tryLockFile(file: string): HeldLock | { heldBy: ProcessIdentity } {
  mkdirSync(dirname(file), { recursive: true });
  const own = ownIdentity();
  const mine = `${file}.${own.pid}`;
  try {
    // Written apart and linked: the lock appears whole or not at all, and linking fails where one exists.
    writeFileSync(mine, JSON.stringify(own));
    for (;;) {
      if (link(mine, file)) {
        return {
          release: () => {
            rmSync(file, { force: true });
          },
        };
      }
      const text = read(file);
      if (text === undefined) continue; // released in between
      const owner = parse(text);
      if (owner !== undefined && isRunning(owner)) return { heldBy: owner };
      removeStale(file, text, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Takes the lock, waiting as long as its holder lives.
 *
 * @param onWait called once, when another process holds the lock
 */
export async function lockFile(file: string, onWait: (owner: ProcessIdentity) => void): Promise<HeldLock> {
  for (let waited = false; ; waited = true) {
    const result = tryLockFile(file);
    if ("release" in result) return result;
    if (!waited) onWait(result.heldBy);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves the stale lock away first: of two processes that find it stale, one must not remove the other's new lock. */
function removeStale(file: string, stale: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isGone(error)) return; // another process was faster
    throw error;
  }
  if (read(aside) !== stale) link(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Any other error, such as that the lock is another user's, would come again and again. */
function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

function parse(text: string): ProcessIdentity | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<ProcessIdentity>;
    return typeof pid === "number" && typeof started === "string" ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

import { readdirSync, readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { startTime } from "../cli/processes.ts";

/** A lock of a file backend. */
export interface Lock {
  /** Missing in one that was not written to its end, as a full disk leaves it: the engine counts it all the same. */
  owner?: { pid: number; host: string };
  /** Milliseconds since it was written. */
  age: number;
}

/** Longer than the engine takes to write a lock. */
const WRITING_MS = 10_000;

/** All locks of a stack in a file backend's folder; they are in `<organization>/<project>/<stack>`. */
export function locksIn(backend: string, project: string, stack: string): Lock[] {
  const folder = path.join(backend, ".pulumi", "locks");
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  // Beside each file the backend keeps one with its attributes.
  const ofStack = names.filter(
    (name) => path.dirname(name).endsWith(`/${project}/${stack}`) && !name.endsWith(".attrs"),
  );
  return ofStack.flatMap((name) => readLock(path.join(folder, name)) ?? []);
}

/** Undefined for a lock that was given up meanwhile. @throws the system's error where it cannot be read */
function readLock(file: string): Lock | undefined {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    return { ...ownerOf(readFileSync(file, "utf8")), age };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function ownerOf(text: string): Pick<Lock, "owner"> {
  try {
    const { pid, hostname: host } = JSON.parse(text) as { pid: number; hostname: string };
    return { owner: { pid, host } };
  } catch {
    return {};
  }
}

/** A process on another machine may live: nobody here can tell. */
export function isDead({ owner, age }: Lock): boolean {
  if (owner === undefined) return age > WRITING_MS;
  return owner.host === hostname() && startTime(owner.pid) === undefined;
}

/** Whose lock it is, for people. */
export function holderOf({ owner }: Lock): string {
  return owner === undefined ? "a run that did not write its lock to its end" : `process ${owner.pid} on ${owner.host}`;
}

import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { startTime } from "../cli/processes.ts";

/** A lock of a file backend. */
export interface Lock {
  pid: number;
  host: string;
}

/** All locks of a stack in a file backend's folder; they are in `<organization>/<project>/<stack>`. */
export function locksIn(backend: string, project: string, stack: string): Lock[] {
  const folder = path.join(backend, ".pulumi", "locks");
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  const ofStack = names.filter((name) => name.endsWith(".json") && path.dirname(name).endsWith(`/${project}/${stack}`));
  return ofStack.map((name) => {
    const { pid, hostname: host } = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as {
      pid: number;
      hostname: string;
    };
    return { pid, host };
  });
}

/** A process on another machine may live: nobody here can tell. */
export function isDead({ pid, host }: Lock): boolean {
  return host === hostname() && startTime(pid) === undefined;
}

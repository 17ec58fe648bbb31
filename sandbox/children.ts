import { readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { writeFileAtomically } from "./files.ts";
import { isRunning, type ProcessIdentity, signalProcess, startTime } from "./processes.ts";
import type { Report } from "./report.ts";

/** Helm undoes what it began before it ends; that may take a while. */
const GRACE_MS = 30_000;

/**
 * Notes a child process, so that the next run can end it when this one is killed: it would go on changing the cluster.
 *
 * @returns forgets the child again
 */
export function noteChild(state: string, pid: number): () => void {
  const file = path.join(folderOf(state), String(pid));
  writeFileAtomically(file, startTime(pid) ?? "");
  return () => {
    rmSync(file, { force: true });
  };
}

/** Ends the children of a run that was killed. */
export async function endLeftChildren(state: string, report: Report): Promise<void> {
  const folder = folderOf(state);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const child = { pid: Number(name), started: readFileSync(path.join(folder, name), "utf8") };
    const activity = report.activity(`ending process ${name}, which a killed run has left`);
    await endProcess(child);
    activity.drop();
    rmSync(path.join(folder, name), { force: true });
  }
}

/** Asks a process to end, and makes it end when it takes too long. */
async function endProcess(child: ProcessIdentity): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  for (let asked = false; isRunning(child); asked = true) {
    if (!asked) signalProcess(child, "SIGTERM");
    else if (Date.now() > deadline) signalProcess(child, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function folderOf(state: string): string {
  return path.join(state, "children");
}

import { readlinkSync } from "node:fs";
import { poll } from "../poll.ts";
import { isRunning, type ProcessIdentity, signalProcess, startTime } from "../processes.ts";

/** A process that this project started: number, start time and executable together are never another's. */
export interface OwnedProcess extends ProcessIdentity {
  /** "" where it is not known. */
  executable: string;
}

/** A program that was asked to end writes what it still holds; this is more than any of them took. */
const TERM_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/** What a running process is; undefined when it is gone. */
export function identify(pid: number): OwnedProcess | undefined {
  const started = startTime(pid);
  const executable = executableOf(pid);
  return started === undefined || executable === undefined ? undefined : { pid, started, executable };
}

/** Whether the very process of a record still runs. */
export function isOurs(process: OwnedProcess): boolean {
  return isRunning(process) && executableOf(process.pid) === process.executable;
}

/** Ends a process if it is still the recorded one, and waits until it is gone. */
export async function endProcess(owned: OwnedProcess): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (isOurs(owned)) signalProcess(owned, signal);
    // One that is on its way out has no executable any more, and still holds its ports for a moment.
    else if (!isRunning(owned) || executableOf(owned.pid) !== undefined) return;
    if (await poll(() => !isRunning(owned), TERM_TIMEOUT_MS, POLL_MS)) return;
  }
}

function executableOf(pid: number): string | undefined {
  try {
    // Elsewhere a process may change it: the python of macOS is a stub that becomes another program.
    if (process.platform !== "linux") return startTime(pid) === undefined ? undefined : "";
    // A program whose file was replaced since is still the same process.
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, "");
  } catch {
    return undefined;
  }
}

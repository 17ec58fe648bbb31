import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever unit the system gives. */
  started: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startTime(process.pid) ?? "" };
}

/** Whether that very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return startTime(identity.pid) === identity.started;
}

/** Sends a signal to that very process, unless it has ended. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (isRunning(identity)) sendSignal(identity.pid, signal);
}

/** Sends a signal to whatever process has that number now, unless there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // ended in between
  }
}

/** When a process started; undefined when there is none of that number. */
export function startTime(pid: number): string | undefined {
  try {
    if (process.platform !== "linux") {
      // The same text in every terminal: it is compared with one that another process has noted.
      const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
      const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env }).trim();
      return started === "" ? undefined : started;
    }
    return statStartTime(readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Field 22 of /proc/<pid>/stat; undefined for a zombie, which runs no more.
 * The second field is the program's name in parentheses and may hold spaces, so the fields are counted after it.
 */
export function statStartTime(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}

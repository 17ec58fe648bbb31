import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A server to measure. */
export interface Server {
  readonly command: readonly string[];
  readonly cwd: string;
  /** All of its environment besides PATH and HOME. */
  readonly env: Readonly<Record<string, string>>;
  /** URL that it is asked for; an answer says that it has started. */
  readonly url: string;
}

/** What one run of a server took. */
export interface ProcessFigures {
  /** Seconds from its start to its first answer. */
  readonly start: number;
  /** Resident memory in MiB after the requests. */
  readonly memory: number;
  /** Milliseconds of processor time for a request. */
  readonly cpu: number;
}

const POLL_MS = 5;

/** Starts a server, sends it requests one after the other, and ends it. */
export async function measureServer({ command, cwd, env, url }: Server, requests: number): Promise<ProcessFigures> {
  const [program = "", ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
    stdio: "ignore",
  });
  try {
    while (!(await answers(url, child))) await sleep(POLL_MS);
    const start = (performance.now() - started) / 1000;
    const { pid = 0 } = child;
    const before = processorSeconds(pid);
    for (let count = 0; count < requests; count++) await answers(url, child);
    const cpu = ((processorSeconds(pid) - before) * 1000) / requests;
    // What is sent from time to time has been sent.
    await sleep(1500);
    return { start, memory: residentMemory(pid), cpu };
  } finally {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(" ")} ended with code ${child.exitCode}`);
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Processor time of a process so far; fields 14 and 15 of /proc/<pid>/stat are in hundredths of a second. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMemory(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) / 1024;
}

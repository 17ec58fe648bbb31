import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Pods of one container each, whose files grow. */
export interface LogPods {
  /** Names of the pods. */
  readonly names: readonly string[];
  readonly namespace: string;
  readonly container: string;
  /** As `/var/log/pods`, and as `/var/log/containers` with symlinks into it. */
  readonly pods: string;
  readonly containers: string;
}

/** The id that a runtime would give a container. */
export function containerId(pod: string): string {
  return createHash("sha256").update(pod).digest("hex");
}

/** The uid of a pod. */
export function podUid(pod: string): string {
  return `0b5dce4e-${pod}`;
}

/** The file of a pod's container, as the runtime names it. */
export function logFile({ namespace, container, pods }: LogPods, pod: string): string {
  return path.join(pods, `${namespace}_${pod}_${podUid(pod)}`, container, "0.log");
}

/** Makes the files, empty. */
export function createLogFiles(all: LogPods): void {
  mkdirSync(all.containers, { recursive: true });
  for (const pod of all.names) {
    const file = logFile(all, pod);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "");
    symlinkSync(file, path.join(all.containers, `${pod}_${all.namespace}_${all.container}-${containerId(pod)}.log`));
  }
}

/** Milliseconds between two writes. */
const pace = 50;

/**
 * Writes lines at a rate, to all files alike.
 *
 * @param mark a word in every line
 * @returns how many
 */
export async function writeLogs(all: LogPods, mark: string, rate: number, seconds: number): Promise<number> {
  const turns = Math.round((seconds * 1000) / pace);
  const perFile = Math.round((rate * pace) / 1000 / all.names.length);
  const started = performance.now();
  for (let turn = 0; turn < turns; turn++) {
    for (const [at, pod] of all.names.entries()) {
      const first = (turn * all.names.length + at) * perFile;
      appendFileSync(logFile(all, pod), lines(first, perFile, mark));
    }
    await sleep(Math.max(0, started + (turn + 1) * pace - performance.now()));
  }
  return turns * perFile * all.names.length;
}

function lines(first: number, count: number, mark: string): string {
  return Array.from({ length: count }, (_, at) => {
    const number = first + at;
    const time = new Date().toISOString().replace("Z", `${String(number % 1_000_000).padStart(6, "0")}Z`);
    return `${time} stdout F ${logLine(number, mark)}\n`;
  }).join("");
}

/** Of ten lines six are of an access log, two of a logger, two JSON with the ids of a trace; each has about 215 bytes with what the runtime adds. */
export function logLine(number: number, mark: string): string {
  const kind = number % 10;
  const id = number.toString(16).padStart(16, "0");
  if (kind < 6) {
    const path = `/shops/${mark}/items/${number}?currency=EUR&session=${id}&page=1&sort=price&language=en`;
    return `INFO:     10.42.${number % 250}.17:51234 - "GET ${path} HTTP/1.1" 200 OK ${"x".repeat(28)}`;
  }
  if (kind < 8) {
    return `2026-11-28 12:00:00,123 WARNING shop.till: payment ${number} of ${mark} took 1234 ms, more than the 1000 ms that are allowed; session ${id} goes on with the next`;
  }
  return JSON.stringify({
    ...{ level: 30, time: 1_795_867_200_000, pid: 1, msg: `payment ${number} of ${mark} done` },
    ...{ trace_id: id.padStart(32, "a"), span_id: id.replace(/^0/, "b") },
  });
}

import { existsSync, readFileSync } from "node:fs";

/** Peak resident memory of a process in MiB, from Linux' `/proc/<pid>/status`; undefined where there is none. */
export function peakMemory(pid: number): number | undefined {
  try {
    return parsePeak(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return undefined;
  }
}

/** The field `VmHWM` of a process status, in MiB. */
export function parsePeak(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
}

/** MiB that a process has and no file: the kernel can drop files, and a container's limit does not end a program for them. */
export function anonymousMemory(pid: number): number {
  const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) / 1024;
}

/** Looks ten times a second at what a process has, until it is asked for the most. */
export class MemoryWatch {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#timer = setInterval(() => {
      // It may be gone a moment before the watch ends.
      if (existsSync(`/proc/${pid}`)) this.#peak = Math.max(this.#peak, anonymousMemory(pid));
    }, 100);
  }

  /** MiB at the most so far, as `anonymousMemory` has them. */
  get peak(): number {
    return this.#peak;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

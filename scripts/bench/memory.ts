import { readFileSync } from "node:fs";

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

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process of this machine: its id, its parent's, and its command line, arguments joined by spaces. */
export interface CommandLine {
  pid: number;
  parent: number;
  command: string;
}

/** All processes; ended ones that nobody has waited for yet have no command line and are left out. */
export function commandLines(): CommandLine[] {
  if (process.platform !== "linux") {
    const list = execFileSync("ps", ["-axww", "-o", "pid=,ppid=,command="], { encoding: "utf8", maxBuffer: 2 ** 24 });
    return parsePs(list);
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const command = procCommand(name);
      return command ? [{ pid: Number(name), parent: procParent(name), command }] : [];
    });
}

/** The lines of `ps -o pid=,ppid=,command=`. */
export function parsePs(output: string): CommandLine[] {
  return output.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.+?)\s*$/.exec(line);
    return match?.[3] ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] }] : [];
  });
}

function procCommand(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trimEnd();
  } catch {
    return undefined; // ended in between
  }
}

/** Field 4 of /proc/<pid>/stat; the second one, in parentheses, may hold spaces. */
function procParent(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // ended in between
  }
}

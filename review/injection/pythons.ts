import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Python } from "../../sandbox/telemetry/python.ts";

/** The oldest minor version of Python 3 that applications are tried on. */
const OLDEST = 9;

/** The injected packages need it. */
export const oldestInjectedPython = 10;

/** The minor version of a Python 3. */
export function minorVersion({ version }: Python): number {
  return Number(version.split(".")[1]);
}

/** The Pythons from 3.9 on that are on PATH or below `~/.pyenv/versions`, one of each minor version, the oldest first. */
export async function findPythons(): Promise<Python[]> {
  const versions = path.join(homedir(), ".pyenv/versions");
  const commands = [
    ...(existsSync(versions) ? readdirSync(versions).map((version) => path.join(versions, version, "bin/python")) : []),
    "python3",
    ...["9", "10", "11", "12", "13", "14", "15"].map((minor) => `python3.${minor}`),
  ];
  const found = new Map<number, Python>();
  for (const command of commands) {
    const python = await usable(command);
    if (python !== undefined && !found.has(minorVersion(python))) found.set(minorVersion(python), python);
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, python]) => python);
}

/** Undefined for one that is not there, too old, or cannot make virtual environments. */
async function usable(command: string): Promise<Python | undefined> {
  try {
    const code = "import ensurepip, platform, venv; print(platform.python_version())";
    const version = (await promisify(execFile)(command, ["-c", code])).stdout.trim();
    const python = { command, version };
    return version.startsWith("3.") && minorVersion(python) >= OLDEST ? python : undefined;
  } catch {
    return undefined;
  }
}

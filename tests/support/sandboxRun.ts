import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { sha256 } from "../../artifacts/files.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";

const project = join(import.meta.dirname, "../..");

/** How a run of the sandbox's command line ended. */
export interface SandboxRun {
  /** Null when a signal ended it. */
  code: number | null;
  /** One line of JSON. */
  stdout: string;
  stderr: string;
  /** Standard error, line by line. */
  lines: string[];
  /** The counts of the JSON. */
  counts: { created: number; updated: number; deleted: number; unchanged: number; failed: number };
  outputs: Record<string, unknown>;
}

/** The sandbox's command line for one state folder and one Pulumi project. */
export interface SandboxCommand {
  /** Runs a verb to its end. */
  run: (verb: string, settings?: Record<string, unknown>, ...flags: string[]) => Promise<SandboxRun>;
  /** Starts a verb and gives its process besides the promise of its end. */
  start: (verb: string, settings?: Record<string, unknown>, ...flags: string[]) => [ChildProcess, Promise<SandboxRun>];
}

/**
 * Runs the sandbox as a user does, in a process of its own. To be called in a suite: what is still running after a test is
 * ended.
 *
 * @param folder of the Pulumi project, relative to this one's
 * @param name of that project, the namespace of its settings
 * @param within command line of a program that runs it, such as nsenter
 */
export function sandboxCommand(
  paths: () => SandboxPaths,
  folder: string,
  name: string,
  within: () => string[] = () => [],
): SandboxCommand {
  const running = new Set<ChildProcess>();
  // A failed test leaves its runs behind; they would go on, and even start the cluster again.
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
  });
  const start = (verb: string, settings: Record<string, unknown> = {}, ...flags: string[]) => {
    const { state, firstPort } = paths();
    const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${name}:${key}`, value]));
    const text = dump({ config });
    // Runs at one time may have other settings.
    const configFile = join(state, `settings-${sha256(text).slice(0, 12)}.yaml`);
    writeFileSync(configFile, text);
    const where = ["--project", folder, "--state", state, "--port", String(firstPort), "--config-file", configFile];
    const argv = ["--import", "./runTypeScript.mjs", "sandbox/main.ts", verb, ...where, "--json", ...flags];
    const [program = "", ...args] = [...within(), process.execPath, ...argv];
    const child = spawn(program, args, { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    child.on("close", () => running.delete(child));
    return [child, ended(child)] satisfies [ChildProcess, Promise<SandboxRun>];
  };
  return { start, run: (...args) => start(...args)[1] };
}

async function ended(child: ChildProcess): Promise<SandboxRun> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, stdout, stderr, lines: stderr.trimEnd().split("\n"), ...foundIn(stdout) };
}

/** What standard output says; nothing where a command line was not understood, or a signal ended the run. */
function foundIn(stdout: string): Pick<SandboxRun, "counts" | "outputs"> {
  const none = { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0 };
  if (stdout === "") return { counts: none, outputs: {} };
  const { outputs, replaced, ...all } = JSON.parse(stdout) as SandboxRun["counts"] &
    Pick<SandboxRun, "outputs"> & { replaced: number };
  const { created, updated, deleted, unchanged, failed } = all;
  // Nothing that the tests change is to be replaced: it would show as an update too many.
  return { counts: { created, updated: updated + replaced, deleted, unchanged, failed }, outputs };
}

/** Resolves when a started run says something on its standard error that fits, or has ended. */
export function untilSays(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve) => {
    child.stderr?.on("data", (text: string) => {
      if (pattern.test(text)) resolve();
    });
    child.on("close", () => {
      resolve();
    });
  });
}

import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Lines that it wrote to standard output and standard error. */
  readonly lines: readonly string[];
  readonly errors: readonly string[];
  /** Milliseconds since `terminate`, or the start. */
  readonly milliseconds: number;
}

/** How to start a process. */
export interface StartOptions {
  /** @default the one that runs the tests */
  readonly node?: string;
  /** @default "" */
  readonly nodeOptions?: string;
  /** What it is started by, such as `unshare`. @default nothing */
  readonly by?: readonly string[];
}

/** A Node.js process of a test. */
export class NodeProcess {
  static readonly #running = new Set<NodeProcess>();

  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  readonly #lines: string[] = [];
  #since = Date.now();

  /** @param folder its working folder, in which it finds `app.js` */
  constructor(folder: string, { node = process.execPath, nodeOptions = "", by = [] }: StartOptions = {}) {
    const [program, ...args] = [...by, node, "app.js"];
    const env = { PATH: process.env.PATH, NODE_OPTIONS: nodeOptions };
    this.child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const errors: string[] = [];
    collectLines(this.child.stdout, this.#lines);
    collectLines(this.child.stderr, errors);
    NodeProcess.#running.add(this);
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        NodeProcess.#running.delete(this);
        resolve({ code, signal, lines: this.#lines, errors, milliseconds: Date.now() - this.#since });
      });
    });
  }

  /** Kills what a test that failed has left behind: mocha would wait for it. */
  static killAll(): void {
    for (const { child } of NodeProcess.#running) child.kill("SIGKILL");
  }

  /**
   * Waits until it has written a line.
   *
   * @throws Error when it ends without
   */
  async said(line: string): Promise<void> {
    let ended: Ended | undefined;
    while (!this.#lines.includes(line)) {
      if (ended !== undefined) throw new Error(`ended without "${line}": ${JSON.stringify(ended)}`);
      ended = await Promise.race([this.ended, sleep(10, undefined)]);
    }
  }

  /** Sends SIGTERM, and waits for the end. */
  terminate(): Promise<Ended> {
    this.#since = Date.now();
    this.child.kill("SIGTERM");
    return this.ended;
  }
}

/** Writes files by their paths into a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The Node.js that runs the tests, and the machine's own where that is another version; by version. */
export function nodes(): Map<string, string> {
  const outer = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .find(isProgram);
  const found = new Map([[process.version, process.execPath]]);
  if (outer !== undefined) {
    const version = execFileSync(outer, ["--version"], { encoding: "utf8" }).trim();
    if (!found.has(version)) found.set(version, outer);
  }
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function collectLines(stream: Readable, lines: string[]): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
}

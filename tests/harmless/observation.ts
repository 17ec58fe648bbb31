import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { nextPort } from "../../review/injection/port.ts";
import type { Application, Place } from "../../review/injection/application.ts";
import type { OtlpSink, Received } from "../../review/injection/otlpSink.ts";
import { asProcessOne } from "../support/processOne.ts";

/** What an application did in one run. */
export interface Observation {
  /** Lines on its standard output and error. */
  readonly lines: readonly string[];
  /** Answers of a server: path, status code and body. */
  readonly answers: readonly string[];
  /** How it ended: `code 3`, `signal SIGTERM`, or `never`. */
  readonly exit: string;
  /** Seconds from SIGTERM, or from a job's last line, to its end. */
  readonly endSeconds: number;
  /** What the collector has of it. */
  readonly received?: Received;
}

/** How an application is run. */
export interface Run {
  readonly application: Application;
  readonly place: Place;
  /** All of its environment besides PATH, HOME and PORT. */
  readonly env: Readonly<Record<string, string>>;
  /** The collector of an injected application. */
  readonly collector?: OtlpSink;
  /** Whether it is process 1 of a PID namespace, as in a container without an init. */
  readonly processOne: boolean;
}

const START_MS = 60_000;
/** An application that has not ended by then counts as one that never ends. */
const END_MS = 8_000;
const POLL_MS = 20;

/** Applications that run: a test that is interrupted must not leave them. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) killGroup(child);
});

/** Runs an application once: starts it, asks it, ends it, and notes what it did. */
export async function observe({ application, place, env, collector, processOne }: Run): Promise<Observation> {
  const port = String(await nextPort());
  const command = application.command(place).map((word) => word.replace("$PORT", port));
  const [program = "", ...args] = processOne ? [...(asProcessOne ?? []), ...command] : command;
  const child = spawn(program, args, {
    cwd: place.folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", PORT: port, ...env },
    // A group of its own, which is ended whole.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const output = new Output(child);
  const ended = endOf(child);
  try {
    await output.wait(application.ready, ended);
    const answers: string[] = [];
    for (const path of application.paths ?? []) answers.push(await ask(`http://127.0.0.1:${port}${path}`, path));
    if (collector?.answers === true) await arrival(application, collector);
    // What a server logs of a request it may log after its answer.
    if (application.kind === "server") await sleep(200);
    const started = performance.now();
    if (application.kind !== "job") signal(child, processOne);
    const exit = await Promise.race([ended, sleep(END_MS, "never")]);
    const endSeconds = (performance.now() - started) / 1000;
    killGroup(child);
    await Promise.race([output.end, sleep(1000)]);
    return {
      lines: output.lines(),
      answers,
      exit,
      endSeconds,
      ...(collector === undefined ? {} : { received: structuredClone(collector.received) }),
    };
  } finally {
    killGroup(child);
    running.delete(child);
  }
}

/** What a process writes, as lines. */
class Output {
  #text = "";

  /** Resolves when nobody can write any more. */
  readonly end: Promise<unknown>;

  constructor(child: ChildProcess) {
    this.end = once(child, "close");
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#text += text));
    }
  }

  lines(): string[] {
    return this.#text.split("\n").filter((line) => line.trim() !== "");
  }

  /** @throws when the process ends or the time is over before the line has come so often */
  async wait({ line, count }: Application["ready"], ended: Promise<string>): Promise<void> {
    const deadline = Date.now() + START_MS;
    let exit: string | undefined;
    void ended.then((how) => (exit = how));
    while (this.lines().filter((candidate) => line.test(candidate)).length < count) {
      if (exit !== undefined || Date.now() > deadline) {
        // What a job wrote last may arrive after its end.
        await sleep(200);
        if (this.lines().some((candidate) => line.test(candidate))) return;
        throw new Error(`it ended (${exit ?? "not yet"}) before the line ${String(line)}: ${this.#text.slice(-2000)}`);
      }
      await sleep(POLL_MS);
    }
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signalName) => {
      resolve(code === null ? `signal ${signalName ?? ""}` : `code ${code}`);
    });
  });
}

/** A server whose socket is there may still be loading. */
async function ask(url: string, path: string): Promise<string> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      const response = await fetch(url, { headers: { connection: "close" }, signal: AbortSignal.timeout(START_MS) });
      return `${path} ${response.status} ${await response.text()}`;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}

/** Waits for what a server sends from time to time: Python's are ended by the signal, and what waits then is lost. */
async function arrival({ kind, requests }: Application, collector: OtlpSink): Promise<void> {
  if (kind !== "server" || requests === undefined) return;
  const deadline = Date.now() + 4000;
  const { spans } = collector.received;
  const isThere = () => spans[requests.kind] >= requests.count && collector.received.served >= requests.count;
  while (!isThere() && Date.now() < deadline) await sleep(POLL_MS);
}

function signal(child: ChildProcess, processOne: boolean): void {
  if (child.pid === undefined) return;
  // `unshare` stays outside: its child is process 1 of the new namespace.
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ");
  process.kill(processOne ? Number(children[0]) : child.pid, "SIGTERM");
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}

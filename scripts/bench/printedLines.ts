import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { nextPort } from "../../review/injection/port.ts";

/** A server whose log lines are wanted. */
export interface PrintingServer {
  readonly name: string;
  /** With `$PORT` for the port. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** All of its environment besides PATH, HOME and PORT. */
  readonly env: Readonly<Record<string, string>>;
  /** The path of a request, counted from 0. */
  readonly path: (request: number) => string;
}

/** A line as the runtime gets it. */
export interface PrintedLine {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Requests that are under way at a time. */
const CONNECTIONS = 8;

/** What a server prints while it answers requests. */
export async function printedLines(server: PrintingServer, requests: number): Promise<PrintedLine[]> {
  const port = String(await nextPort());
  const [program = "", ...args] = server.command.map((word) => word.replace("$PORT", port));
  const child = spawn(program, args, {
    cwd: server.cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", PORT: port, ...server.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: PrintedLine[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    createInterface({ input: child[stream] }).on("line", (text) => lines.push({ stream, text, time: Date.now() }));
  }
  // A connection that is kept may be ended by the server in the moment in which it is used again.
  const headers = { connection: "close" };
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).arrayBuffer();
  try {
    while (
      !(await ask(server.path(0)).then(
        () => true,
        () => false,
      ))
    ) {
      await sleep(50);
      if (child.exitCode !== null) throw new Error(`${server.name} ended: ${lines.map(({ text }) => text).join("\n")}`);
    }
    let next = 0;
    const connection = async () => {
      while (next < requests) await ask(server.path(next++));
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  return lines;
}

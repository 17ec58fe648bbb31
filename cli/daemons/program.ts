import { createHash } from "node:crypto";

/** A program to run on this machine. */
export interface Program {
  name: string;
  command: string;
  args: string[];
  /** All of its environment besides PATH and HOME. */
  env: Record<string, string>;
  /** Folder that it runs in. @default the state folder */
  cwd?: string;
  /** Files that it reads, by their path below the state folder. */
  files: Record<string, string>;
  /** Loopback ports that it listens on. */
  ports: number[];
  /** URLs that answer once it is ready. */
  ready: string[];
  /** Where people reach it; empty for a program that is not for people. */
  url: string;
  /** For a program that reads a live object's configuration: its own version, and the image that it is made for. */
  versions?: { local: string; image: string };
}

/** Changes with anything that the program is started with. */
export function fingerprint(program: Program): string {
  return createHash("sha256").update(JSON.stringify(program)).digest("hex").slice(0, 16);
}

/** How the collector, Jaeger and Prometheus say that a key of their configuration is unknown to them. */
const unknownKey = /has invalid keys|field \S+ not found in type|unknown type: |references .* which is not configured/;

/**
 * Why a program that ended, or did not answer, is not there; in one line with the last lines of its log.
 *
 * @param what happened, e.g. "ended with code 1"
 */
export function failureLine(program: Program, what: string, log: string, logFile: string): string {
  const lines = log
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const { versions } = program;
  const unknown = lines.findLast((line) => unknownKey.test(line));
  if (versions !== undefined && unknown !== undefined) {
    // The key stands somewhere in a long line of structured logging.
    const from = Math.max(0, unknown.search(unknownKey) - 100);
    return `${versions.local} does not take the live configuration, which is made for ${versions.image}: ${shorten(unknown.slice(from))}`;
  }
  const last = lines.slice(-3).map(shorten).join(" | ");
  return `${program.name} ${what}; the end of ${logFile}: ${last === "" ? "(empty)" : last}`;
}

function shorten(line: string): string {
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

import type { Row } from "./runner/deployment.ts";
import type { Options } from "./options.ts";

/** What a verb has done. */
export interface Summary {
  rows: readonly Row[];
  /** Outputs as they may be printed. */
  outputs: Record<string, unknown>;
}

/** A verb that changes no resource. */
export const NOTHING_DONE: Summary = { rows: [], outputs: {} };

/** How many resources came to which end. */
export function countRows(rows: readonly Row[]): Record<"created" | "updated" | "deleted" | "unchanged", number> {
  const count = (outcome: Row["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return {
    created: count("created"),
    updated: count("updated"),
    deleted: count("deleted"),
    unchanged: count("unchanged"),
  };
}

/** The counts as a sentence, e.g. "2 created, 1 updated, 60 unchanged". */
export function countLine(rows: readonly Row[]): string {
  const { created, updated, deleted, unchanged } = countRows(rows);
  const parts = [`${created} created`, `${updated} updated`, `${deleted} deleted`, `${unchanged} unchanged`];
  return parts.filter((part) => !part.startsWith("0 ")).join(", ") || "nothing to do";
}

/**
 * The line that `--json` ends with.
 *
 * @param failed number of failures: a run stops at its first
 */
export function jsonLine(options: Options, summary: Summary, failed: number, milliseconds: number): string {
  const { verb, stack } = options;
  const seconds = Math.round(milliseconds / 100) / 10;
  return JSON.stringify({ verb, stack, ...countRows(summary.rows), failed, seconds, outputs: summary.outputs });
}

/** Outputs as aligned lines for a person: lists and objects one value a line, what is nested deeper as JSON. */
export function outputLines(outputs: Record<string, unknown>): string[] {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs).flatMap(([name, value]) => {
    if (!isFlat(value)) return [`${name.padEnd(width)}  ${typeof value === "string" ? value : JSON.stringify(value)}`];
    const nested = Array.isArray(value) ? value.map(String) : outputLines(value);
    return [`${name}:`, ...nested.map((line) => `  ${line}`)];
  });
}

/** A list or an object of which no value is a list or an object. */
function isFlat(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.values(value).every((inner) => typeof inner !== "object")
  );
}

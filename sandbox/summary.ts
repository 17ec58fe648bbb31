import type { Changes } from "./engine/progress.ts";
import type { Options } from "./options.ts";

/** What a verb has done. */
export interface Summary {
  changes: Changes;
  /** Outputs as they may be printed. */
  outputs: Record<string, unknown>;
}

/** A verb that changes no resource. */
export const NOTHING_DONE: Summary = {
  changes: { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 },
  outputs: {},
};

/**
 * The line that `--json` ends with.
 *
 * @param failed number of failures: a run stops at its first
 */
export function jsonLine(options: Options, summary: Summary, failed: number, milliseconds: number): string {
  const { verb, stack } = options;
  const { changes, outputs } = summary;
  const seconds = Math.round(milliseconds / 100) / 10;
  return JSON.stringify({ verb, stack, ...changes, failed, seconds, outputs });
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

import { resources } from "../catalog/names.ts";
import type { Changes } from "./engine/progress.ts";
import type { Options } from "./options.ts";
import type { ProgramStatus } from "../cli/daemons/startPrograms.ts";

/** What a verb has done. */
export interface Summary {
  /** A run that fails tells of these too. */
  changes: Changes;
  /** Outputs as they may be printed. */
  outputs: Record<string, unknown>;
  /** What `--json` has besides. */
  details?: Record<string, unknown>;
  /** Why it failed. */
  error?: string;
}

/** What a verb begins with. */
export const NOTHING_DONE: Summary = {
  changes: { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 },
  outputs: {},
};

/** The line that is all of standard output with `--json`. A run stops at its first failure. */
export function jsonLine({ verb, stack }: Options, summary: Summary, milliseconds: number): string {
  const { changes, outputs, details, error } = summary;
  const [failed, seconds] = [error === undefined ? 0 : 1, Math.round(milliseconds / 100) / 10];
  return JSON.stringify({ verb, stack, ...changes, failed, error, seconds, outputs, ...details });
}

/** A program that was started, in one line. */
export function programLine({ name, running, since, url, log, pid }: ProgramStatus): string {
  const state = running ? `running since ${since} as process ${pid}` : "not running any more";
  return `${name.padEnd(12)} ${state}${url === "" ? "" : ` at ${url}`}, log ${log}`;
}

/**
 * The five lines that `up` ends with: what is there, where to look, what to do next.
 *
 * @param changes what became of the resources, in one line
 * @param telemetry the programs of the data path; none where it does not run
 */
export function closingLines(
  changes: string,
  cluster: { server: string; kubeconfig: string },
  telemetry: readonly Pick<ProgramStatus, "name" | "url">[],
): string[] {
  const urls = telemetry.flatMap(({ name, url }) => (url === "" ? [] : [`${name} ${url}`]));
  const api = telemetry.find(({ name }) => name === resources.sampleApi);
  return [
    `resources: ${changes}`,
    `cluster: ${cluster.server}, kubeconfig ${cluster.kubeconfig}`,
    `telemetry: ${urls.join(", ") || 'not running: "npm run sandbox -- telemetry" starts it'}`,
    'look: "npm run sandbox -- status" shows all that runs, "npm run sandbox -- outputs" what the stack gives',
    api === undefined
      ? 'next: "npm run sandbox -- telemetry", or change something and "npm run sandbox -- preview"'
      : `next: curl ${api.url}/hello, then "npm run sandbox -- see"`,
  ];
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

import type { RecordingRule } from "./rule.ts";
import { identity } from "./serviceSeries.ts";

/**
 * How many requests there were between two evaluations. What is read of the raw series is their newest sample, summed up for each
 * process; all windows are sums of what is recorded here.
 */

/** Labels that tell processes apart: all series of a process come and go together, and none of them ever falls. */
export const processIdentity = `${identity}, k8s_pod_name, otel_start_time`;

/** Requests that are counted, and those of them that are bad: names of the recorded series. */
export interface Counted {
  readonly all: Count;
  readonly bad: Count;
  /** There for a service in the minutes in which processes are new and what they have counted is new as well. */
  readonly anew: string;
}

export interface Count {
  /** What each process has counted since it began. */
  readonly byProcess: string;
  /** By how much that grew for a service since the evaluation before. */
  readonly increase: string;
}

/** How long the last value of a process is known: gaps up to this long lose nothing. */
const memory = "2h";

/** So many requests a process may have had in its first minute, however few its service has. */
const few = 10;

/**
 * By how much counts grew since the evaluation before, whenever that was. A process that is new, or counts from 0 again, is counted
 * from 0, unless that would be more than twice as much as its service had in any minute of the last hours: then it was away for longer, and is
 * counted from now on. So is a service that nothing was known of, unless all its processes began a moment ago.
 *
 * @param counted whose `byProcess` are recorded already
 * @param matcher the services, such as `service_name="python-api"`. @default "" - all
 */
export function countingRules({ all, bad, anew }: Counted, matcher = ""): RecordingRule[] {
  const known = last(all.byProcess, matcher);
  const now = selected(all.byProcess, matcher);
  const increases = `${selected(all.increase, matcher)}[${memory}]`;
  const older = `${now} unless on (otel_start_time) ${startedLately(now)}`;
  return [
    {
      record: anew,
      expr:
        `sum by (${identity}) (${now} unless ${known} <= ${now}) <= 2 * max_over_time(${increases}) + ${few}` +
        ` or sum by (${identity}) (${now}) unless on (${identity}) last_over_time(${increases}) unless on (${identity}) (${older})`,
    },
    ...[all, bad].map((count) => increaseRule(count, anew, matcher)),
  ];
}

function increaseRule({ byProcess, increase }: Count, anew: string, matcher: string): RecordingRule {
  const now = selected(byProcess, matcher);
  const before =
    `${last(byProcess, matcher)} <= ${now}` + ` or 0 * ${now} and on (${identity}) ${selected(anew, matcher)}`;
  return { record: increase, expr: `sum by (${identity}) (${now} - (${before}))` };
}

/**
 * Processes that began in the last five minutes, or ahead of us by a clock that is fast. A start time is a label in nanoseconds: without its
 * last eleven digits it is in steps of 100 seconds, which the time of now can be made a label of.
 */
function startedLately(processes: string): string {
  const steps = [-1, 0, 1, 2, 3].map((ago) => `count_values("started", floor(vector(time() / 100)) - ${ago})`);
  return (
    `(label_replace(${processes}, "started", "$1", "otel_start_time", "(.*).{11}")` +
    ` and on (started) (${steps.join(" or ")}))`
  );
}

/** The value of the evaluation before. That of this one is there already. */
function last(recorded: string, matcher: string): string {
  return `last_over_time(${selected(recorded, matcher)}[${memory}] offset 1ms)`;
}

/**
 * How many there were in a window.
 *
 * @param increase a recorded series
 * @param matcher as of `countingRules`
 */
export function sumOver(increase: string, window: string, matcher = ""): string {
  return `sum_over_time(${selected(increase, matcher)}[${window}])`;
}

/** @param matcher empty for all */
export function selected(recorded: string, matcher: string): string {
  return matcher === "" ? recorded : `${recorded}{${matcher}}`;
}

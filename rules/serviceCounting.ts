import type { RecordingRule } from "./rule.ts";
import { identity } from "./serviceSeries.ts";
import { seconds } from "../settings/windows.ts";

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
  /** There for a process while its value of the evaluation before is not known, or is more than now. */
  readonly unknown: string;
  /** There for such a process where what it has counted is new. */
  readonly anew: string;
  /** When a service had its newest increase, in seconds. */
  readonly at: string;
  /** There for a service in the minute after a long gap: how many seconds it was, and when it ended. */
  readonly gap: string;
  readonly gapEnd: string;
}

export interface Count {
  /** What each process has counted since it began. */
  readonly byProcess: string;
  /** By how much that grew for a service since the evaluation before. */
  readonly increase: string;
  /** There for a service in the minute after a long gap: what of its increase is of the gap. */
  readonly ofGap: string;
}

/** How long the last value of a process is known: gaps up to this long lose nothing. */
const memory = "2h";

/** What was counted in a gap that is longer would fill windows up to this long with more than their time. */
const longGap = "1h";

/** So many requests a process may have had in its first minute, however few its service has. */
const few = 10;

/** Of a process that does not say when it began; of one above the limit on series the label has its number. */
const withoutStart = 'otel_start_time=~"[0-9]{0,7}"';

/**
 * By how much counts grew since the evaluation before, whenever that was. What is not known, or counts from 0 again, is counted from 0 if
 * its start time says that it cannot have been counted: it began within the last five minutes, or within the memory of a service that was
 * known before. One without a start time is counted from 0 unless that would be more than twice as much as its service had in any minute of the
 * last hours. All others were away for longer, and are counted from now on.
 *
 * SDKs give each series a start time of its own, that of its first request: the first failure of a process that has run for days is new in
 * this sense.
 *
 * @param counted whose `byProcess` are recorded already
 * @param matcher the services, such as `service_name="python-api"`. @default "" - all
 */
export function countingRules(counted: Counted, matcher = ""): RecordingRule[] {
  const { all, bad, anew, at, gap, gapEnd } = counted;
  const now = selected(all.byProcess, matcher);
  // Nearly always empty: what is asked of it costs little.
  const unknown = selected(counted.unknown, matcher);
  const increases = `${selected(all.increase, matcher)}[${memory}]`;
  const silent = selected(counted.unknown, matcher === "" ? withoutStart : `${matcher}, ${withoutStart}`);
  const usual = `sum by (${identity}) (${silent}) <= 2 * max_over_time(${increases}) + ${few}`;
  return [
    { record: counted.unknown, expr: `${now} unless ${last(all.byProcess, matcher)} <= ${now}` },
    {
      record: anew,
      expr:
        `${unknown} and on (otel_start_time) ${started(unknown, lately)}` +
        ` or ${unknown} and on (otel_start_time) ${started(unknown, withinMemory)} and on (${identity}) last_over_time(${increases} offset 5m)` +
        ` or ${silent} and on (${identity}) (${usual})`,
    },
    ...[all, bad].map((count) => increaseRule(count, anew, matcher)),
    {
      record: gap,
      expr:
        `time() - last_over_time(${selected(at, matcher)}[${memory}] offset 1ms) > ${seconds(longGap)}` +
        ` and ${selected(all.increase, matcher)}`,
    },
    { record: gapEnd, expr: `0 * ${selected(gap, matcher)} + time()` },
    { record: at, expr: `0 * ${selected(all.increase, matcher)} + time()` },
    ...[all, bad].map((count) => ({ record: count.ofGap, expr: ofGap(count, counted, matcher) })),
  ];
}

/** What of an increase is of a gap: that of processes which were known before it. */
function ofGap({ byProcess, increase }: Count, { gap, anew }: Counted, matcher: string): string {
  const grown = selected(increase, matcher);
  const fresh = `${selected(byProcess, matcher)} and on (${processIdentity}) ${selected(anew, matcher)}`;
  return `(${grown} and ${selected(gap, matcher)}) - (sum by (${identity}) (${fresh}) or 0 * ${grown})`;
}

function increaseRule({ byProcess, increase }: Count, anew: string, matcher: string): RecordingRule {
  const now = selected(byProcess, matcher);
  const before = `${last(byProcess, matcher)} <= ${now} or 0 * ${now} and on (${processIdentity}) ${selected(anew, matcher)}`;
  return { record: increase, expr: `sum by (${identity}) (${now} - (${before}))` };
}

/** A time that goes back from now, in steps; the step ahead is that of a clock that is fast. */
interface Steps {
  /** Digits at the end of a start time in nanoseconds that are left off for a step. */
  readonly digits: number;
  readonly count: number;
}

/** Five minutes, in steps of 100 seconds. */
const lately: Steps = { digits: 11, count: 4 };

/** Steps of 1,000 seconds, no more of them than are within the memory: what began before may have been counted. */
const withinMemory: Steps = { digits: 12, count: 7 };

/** Of processes those that began within a time: it is made labels of, as a start time is one. */
function started(processes: string, { digits, count }: Steps): string {
  const labels = Array.from(
    { length: count + 1 },
    (_, ago) => `count_values("started", floor(vector(time() / ${10 ** (digits - 9)})) - ${ago - 1})`,
  );
  return (
    `(label_replace(${processes}, "started", "$1", "otel_start_time", "(.*).{${digits}}")` +
    ` and on (started) (${labels.join(" or ")}))`
  );
}

/** The value of the evaluation before. That of this one is there already. */
function last(recorded: string, matcher: string): string {
  return `last_over_time(${selected(recorded, matcher)}[${memory}] offset 1ms)`;
}

/**
 * How many there were in a window. What was counted in a long gap stands in the minute after it. A window of an hour has the share of the gap that
 * lies in it; a shorter one says whether something still goes on, and has nothing of it.
 *
 * @param which of what is counted
 * @param matcher as of `countingRules`
 */
export function sumOver(counted: Counted, which: "all" | "bad", window: string, matcher = ""): string {
  const { gap, gapEnd, [which]: count } = counted;
  const over = (recorded: string, how = "sum") => `${how}_over_time(${selected(recorded, matcher)}[${window}])`;
  const sum = over(count.increase);
  const [length, long] = [seconds(window), seconds(longGap)];
  if (length > long) return sum;
  const inside = `(${length} - (time() - ${over(gapEnd, "max")})) / ${over(gap, "max")}`;
  return `(${sum} - ${over(count.ofGap)}${length < long ? "" : ` * (1 - ${inside})`} or ${sum})`;
}

/** @param matcher empty for all */
export function selected(recorded: string, matcher: string): string {
  return matcher === "" ? recorded : `${recorded}{${matcher}}`;
}

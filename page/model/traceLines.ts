import { linesUrl, type LogLine, mostLines, ofPod, ofTrace, type PodTime } from "./logLines.ts";
import type { Trace } from "./trace.ts";

/** What was printed while a trace was made. */
export interface TraceLines {
  /** By their times: lines that name the trace, and lines of its pods that name none. */
  readonly lines: readonly LogLine[];
  /** Whether there are more than are here. */
  readonly cut: boolean;
}

/** A line is printed a moment before or after the span that it belongs to. */
const margin = 200_000;

/**
 * The log lines of a trace. What an application prints names no trace unless it says so itself; so lines of the trace's pods in its time are
 * among them.
 *
 * @param read the lines of a filter in LogsQL
 */
export async function traceLines(read: (filter: string) => Promise<LogLine[]>, trace: Trace): Promise<TraceLines> {
  const found = await Promise.all(filters(trace).map(read));
  return {
    lines: found.flat().toSorted((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time))),
    cut: found.some(({ length }) => length >= mostLines),
  };
}

/**
 * The address of the same lines in the store's own page.
 *
 * @param logs base URL of VictoriaLogs
 */
export function traceLinesUrl(logs: string, trace: Trace): string {
  const filter = filters(trace).map((each) => `(${each})`);
  return linesUrl(logs, filter.join(" or "), trace.start + trace.duration + 60e6);
}

/** What finds them, in LogsQL. */
function filters(trace: Trace): string[] {
  return [ofTrace(trace.id), ...podTimes(trace).map(ofPod)];
}

/** The pods that a trace passes, each with the time from its first span to its last, and a moment more. */
export function podTimes(trace: Trace): PodTime[] {
  const times = new Map<string, PodTime>();
  for (const { pod, start, duration } of trace.spans) {
    if (pod === undefined) continue;
    const key = `${pod.namespace}/${pod.name}`;
    const known = times.get(key);
    times.set(key, {
      namespace: pod.namespace,
      pod: pod.name,
      from: Math.min(known?.from ?? Infinity, start - margin),
      to: Math.max(known?.to ?? 0, start + duration + margin),
    });
  }
  return [...times.values()];
}

/** What has to be said of the lines besides: that there is none, whose they may be, that they are not all. */
export function lineNotes({ lines, cut }: TraceLines): string[] {
  return [
    ...(lines.length === 0 ? ["no log line of this trace, and none of its pods in its time"] : []),
    ...(lines.some(({ traceId }) => traceId === undefined) ? [unnamed] : []),
    ...(cut ? [`there are more: the first ${mostLines} of the trace and of each pod are shown`] : []),
  ];
}

/** The lines as text, below what a person sees of the trace. */
export function describeLines(found: TraceLines): string[] {
  const { lines } = found;
  if (lines.length === 0) return lineNotes(found);
  const width = Math.max(...lines.map(({ service }) => service.length));
  return [
    "log lines:",
    ...lines.flatMap(({ time, severity, service, text, traceId }) => {
      const [first = "", ...others] = text.split("\n");
      const head = `${traceId === undefined ? "~" : " "} ${clock(time)}  ${severity.padEnd(5)}  ${service.padEnd(width)}`;
      return [`${head}  ${first}`, ...others.map((line) => `${" ".repeat(head.length)}  ${line}`)];
    }),
    ...lineNotes(found),
  ];
}

/** What the mark of a line means. */
export const unnamed = "~ names no trace: a line of the same pod at that time, maybe of another request";

/** The time of a day of an RFC 3339 time, to the millisecond. */
function clock(time: string): string {
  return new Date(time).toISOString().slice(11, 23);
}

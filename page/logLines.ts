import { z } from "zod";
import { getJsonLines } from "./http.ts";

/** A line that a pod printed, as the store of logs has it. */
export interface LogLine {
  /** RFC 3339 in UTC, to the nanosecond. */
  readonly time: string;
  /** As OpenTelemetry names it, such as `Info` or `Error`; empty where the line says none. */
  readonly severity: string;
  /** May have several lines: a traceback is one record. */
  readonly text: string;
  readonly service: string;
  readonly namespace: string;
  readonly pod: string;
  /** Undefined where the line does not name a trace. */
  readonly traceId: string | undefined;
}

/** A pod, and a time in which it served. */
export interface PodTime {
  readonly namespace: string;
  readonly pod: string;
  /** Microseconds since the epoch, as spans have it. */
  readonly from: number;
  readonly to: number;
}

/** The most lines that a query is answered with: the first ones. */
export const mostLines = 100;

const record = z.object({
  _time: z.string(),
  _msg: z.string().default(""),
  severity_text: z.string().default(""),
  "service.name": z.string().default(""),
  "k8s.namespace.name": z.string().default(""),
  "k8s.pod.name": z.string().default(""),
  trace_id: z.string().optional(),
});

/** The store's word where a record has no severity. */
const noSeverity = "Unspecified";

/**
 * The lines that name a trace, by their times.
 *
 * @param logs base URL of VictoriaLogs
 * @throws UserError when it does not answer
 */
export function linesOfTrace(logs: string, traceId: string): Promise<LogLine[]> {
  return find(logs, ofTrace(traceId));
}

/**
 * The lines that a pod printed in a time and that name no trace, by their times.
 *
 * @param logs base URL of VictoriaLogs
 * @throws UserError when it does not answer
 */
export function linesOfPod(logs: string, time: PodTime): Promise<LogLine[]> {
  return find(logs, ofPod(time));
}

/** The filter for the lines of a trace, in LogsQL. */
export function ofTrace(traceId: string): string {
  return `trace_id:=${JSON.stringify(traceId)}`;
}

/** The filter for the lines of a pod that name no trace, in LogsQL. */
export function ofPod({ namespace, pod, from, to }: PodTime): string {
  const stream = `{k8s.namespace.name=${JSON.stringify(namespace)}, k8s.pod.name=${JSON.stringify(pod)}}`;
  return `_time:[${isoTime(from)}, ${isoTime(to)}] ${stream} trace_id:""`;
}

/**
 * The address of the lines in the store's own page.
 *
 * @param logs base URL of VictoriaLogs
 * @param filter in LogsQL
 * @param to microseconds since the epoch; the five minutes before it are shown
 */
export function linesUrl(logs: string, filter: string, to: number): string {
  const time = { "g0.range_input": "5m", "g0.end_input": isoTime(to), "g0.relative_time": "none" };
  return `${logs}/select/vmui/#/?${new URLSearchParams({ query: filter, ...time }).toString()}`;
}

async function find(logs: string, filter: string): Promise<LogLine[]> {
  // The limit as a pipe, behind the order: as a parameter it would mean any lines.
  const query = `${filter} | sort by (_time) limit ${mostLines}`;
  const answer = await getJsonLines(`${logs}/select/logsql/query?${new URLSearchParams({ query }).toString()}`);
  return answer.map(toLine);
}

/** A record of the store's answer. */
export function toLine(answer: unknown): LogLine {
  const fields = record.parse(answer);
  return {
    time: fields._time,
    severity: fields.severity_text === noSeverity ? "" : fields.severity_text,
    text: fields._msg,
    service: fields["service.name"],
    namespace: fields["k8s.namespace.name"],
    pod: fields["k8s.pod.name"],
    traceId: fields.trace_id,
  };
}

function isoTime(microseconds: number): string {
  return new Date(microseconds / 1000).toISOString();
}

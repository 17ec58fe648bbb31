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

/** The store's word where a record has no severity. */
const noSeverity = "Unspecified";

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

/**
 * The path of a query for lines, the oldest first.
 *
 * @param filter in LogsQL
 */
export function linesPath(filter: string): string {
  // The limit as a pipe, behind the order: as a parameter it would mean any lines.
  return queryPath({ query: `${filter} | sort by (_time) limit ${mostLines}` });
}

/**
 * The path of a query for the newest lines of a time.
 *
 * @param filter in LogsQL
 * @param from seconds since the epoch, as is `to`
 */
export function newestPath(filter: string, { from, to, most }: { from: number; to: number; most: number }): string {
  const query = `${filter} | sort by (_time desc) limit ${most}`;
  return queryPath({ query, start: String(from), end: String(to) });
}

function queryPath(query: Record<string, string>): string {
  return `/select/logsql/query?${new URLSearchParams(query).toString()}`;
}

/** A record of the store's answer. */
export function toLine(record: Readonly<Record<string, string | undefined>>): LogLine {
  const severity = record.severity_text ?? "";
  return {
    time: record._time ?? "",
    severity: severity === noSeverity ? "" : severity,
    text: record._msg ?? "",
    service: record["service.name"] ?? "",
    namespace: record["k8s.namespace.name"] ?? "",
    pod: record["k8s.pod.name"] ?? "",
    traceId: record.trace_id,
  };
}

/** The records of an answer, which has one as JSON in each line. */
export function linesOfAnswer(answer: string): LogLine[] {
  return answer
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => toLine(JSON.parse(line) as Record<string, string>));
}

function isoTime(microseconds: number): string {
  return new Date(microseconds / 1000).toISOString();
}

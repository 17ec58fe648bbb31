import type { Trace } from "./trace.ts";

/** A log record of a trace. */
export interface LogLine {
  /** As the log store writes it, in UTC. */
  time: string;
  severity: string;
  service: string;
  message: string;
}

/** Lines that are read at most. */
const LIMIT = 500;
/** How long before and after its spans a line of a trace may be written, in seconds. */
const MARGIN = 60;

/** The path of the query of a trace's log records. */
export function logQuery({ id, start, duration }: Pick<Trace, "id" | "start" | "duration">): string {
  const query = {
    query: `trace_id:="${id}" | sort by (_time) limit ${LIMIT}`,
    start: String(Math.floor(start / 1e6 - MARGIN)),
    end: String(Math.ceil((start + duration) / 1e6 + MARGIN)),
  };
  return `/logs/select/logsql/query?${new URLSearchParams(query).toString()}`;
}

/** The records of an answer, which has one as JSON in each line. */
export function logLinesOf(answer: string): LogLine[] {
  return answer.split("\n").flatMap((line) => {
    if (line.trim() === "") return [];
    const record = JSON.parse(line) as Record<string, string | undefined>;
    return [
      {
        time: record._time ?? "",
        severity: record.severity ?? record.severity_text ?? "",
        service: record["service.name"] ?? "",
        message: record._msg ?? "",
      },
    ];
  });
}

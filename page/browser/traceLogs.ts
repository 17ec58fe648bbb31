import type { Trace } from "../model/trace.ts";
import { logLinesOf, logQuery } from "../model/traceLogs.ts";
import { element, failure, scrolling, table } from "./dom.ts";

/** Shows the log lines of a trace, the oldest first. */
export async function showLogs(place: HTMLElement, trace: Trace): Promise<void> {
  const heading = element("h2", {}, "Log lines");
  try {
    const response = await fetch(logQuery(trace));
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    const lines = logLinesOf(text);
    const rows = lines.map(({ time, severity, service, message }) => [time, severity, service, message]);
    const shown =
      rows.length === 0
        ? element("p", {}, "The log store has no line of this trace.")
        : scrolling("Log lines", table("Log lines of the trace", ["Time", "Severity", "Service", "Message"], rows));
    place.replaceChildren(heading, shown);
  } catch (error) {
    place.replaceChildren(heading, failure(error));
  }
}

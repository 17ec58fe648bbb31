import type { LogLine } from "../model/logLines.ts";
import { element, table } from "./dom.ts";

/** Log lines as a table; the time of a line that names a trace leads to it. */
export function linesTable(caption: string, lines: readonly LogLine[]): HTMLTableElement {
  const rows = lines.map(({ time, severity, service, text, traceId }) => [
    traceId === undefined ? `~ ${time}` : element("a", { href: `#/trace/${traceId}` }, time),
    severity,
    service,
    element("code", {}, text),
  ]);
  return table(caption, ["Time", "Severity", "Service", "Line"], rows);
}

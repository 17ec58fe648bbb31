import { LogsDedupStrategy, LogsSortOrder } from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { logs } from "../datasources.ts";
import { linesQuery } from "./logsQuery.ts";
import { heights, type PanelArgs } from "./panel.ts";

/** What a list of log lines needs. */
export interface LogLinesArgs extends Omit<PanelArgs, "unit"> {
  /** A filter in LogsQL. */
  readonly expr: string;
  /** How many lines at most. @default 200 */
  readonly most?: number;
}

/** Log lines, the newest first; a click shows a line's fields, and leads to its trace where it names one. */
export function logLines(args: LogLinesArgs): PanelBuilder {
  const { title, description, width = 24, height = heights.table, expr, most = 200 } = args;
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(logs)
    .span(width)
    .height(height)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(LogsSortOrder.Descending)
    .dedupStrategy(LogsDedupStrategy.None)
    .targets([linesQuery(expr, most)]);
}

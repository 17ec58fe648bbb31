import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { logs } from "../datasources.ts";
import { refId } from "./query.ts";

/** Queries of VictoriaLogs over the dashboard's time range, as its plug-in has them. The SDK knows no data source that is a plug-in. */

/** A query of numbers over time: LogsQL with a pipe `stats`. */
export interface LogRates {
  readonly expr: string;
  /** Name of the series, with fields such as `{{service.name}}`. */
  readonly legend: string;
}

/** Numbers over time. */
export function logRateQueries(queries: readonly LogRates[]): Builder<Dataquery>[] {
  return queries.map(({ expr, legend }, index) =>
    query({ refId: refId(index), queryType: "statsRange", expr, legendFormat: legend }),
  );
}

/** The newest lines. */
export function linesQuery(expr: string, maxLines: number): Builder<Dataquery> {
  return query({ refId: refId(0), queryType: "instant", expr, maxLines, direction: "desc" });
}

function query(model: Readonly<Record<string, unknown>>): Builder<Dataquery> {
  return { build: () => ({ ...model, datasource: logs, _implementsDataqueryVariant: () => undefined }) };
}

import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { prometheus } from "../datasources.ts";

/** A query of a panel. */
export interface Query {
  readonly expr: string;
  /** Name of the series, with labels such as `{{http_route}}`. */
  readonly legend: string;
  /** Show exemplars: points that lead to traces. @default false */
  readonly exemplars?: boolean;
}

/** The queries over the dashboard's time range, as Grafana's model has them. */
export function rangeQueries(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ expr, legend, exemplars = false }, index) => {
    const query = new DataqueryBuilder().refId(refId(index)).datasource(prometheus).expr(expr).range();
    return (exemplars ? query.exemplar(true) : query).legendFormat(legend);
  });
}

/** The queries for the newest value, as Grafana's model has them. */
export function instantQueries(queries: readonly Pick<Query, "expr">[]): DataqueryBuilder[] {
  return queries.map(({ expr }, index) =>
    new DataqueryBuilder()
      .refId(refId(index))
      .datasource(prometheus)
      .expr(expr)
      .instant()
      .format(PromQueryFormat.Table),
  );
}

/** Grafana names the queries of a panel A, B, C and so on. */
export function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

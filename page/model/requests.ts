import { withVariables } from "../../dashboards/withVariables.ts";
import { newestPath } from "./logLines.ts";
import type { Target, Variable } from "./panel.ts";
import { type Grid, type Range, rateInterval } from "./range.ts";

/** What is chosen on the page, by the name of the variable; several values, or none for all. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** What an expression is filled with. */
export interface Filling {
  choices: Choices;
  variables: readonly Variable[];
  /** Seconds between two scrapes. */
  scrape: number;
  /** Seconds between two points. */
  step: number;
}

/** The expression with what is chosen in the place of Grafana's variables. */
export function fill(expr: string, { choices, variables, scrape, step }: Filling): string {
  const chosen = variables.map(({ name, many, text }) => {
    const values = choices[name] ?? [];
    return [name, many ? anyOf(values) : (values[0] ?? text)] as const;
  });
  const values: Record<string, string> = Object.fromEntries(chosen);
  return withVariables(expr, { ...values, __rate_interval: rateInterval(step, scrape) });
}

/** A regular expression for one of the values, or for everything where there is none. */
function anyOf(values: readonly string[]): string {
  if (values.length === 0) return ".*";
  const escaped = values.map((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}

/** The path of a query over time; both sources answer alike. */
export function rangeQuery({ source }: Pick<Target, "source">, expr: string, { from, to, step }: Grid): string {
  if (source === "logs") {
    const query = { query: expr, start: String(from), end: String(to), step: `${step}s` };
    return `/logs/select/logsql/stats_query_range?${new URLSearchParams(query).toString()}`;
  }
  return path("query_range", { query: expr, start: String(from), end: String(to), step: String(step) });
}

/** The path of the newest log lines of a time. */
export function linesQuery({ maxLines }: Pick<Target, "maxLines">, expr: string, { from, end }: Grid): string {
  return `/logs${newestPath(expr, { from, to: end, most: maxLines })}`;
}

/** The path of a query at the end of a time. */
export function instantQuery(expr: string, { end }: Grid): string {
  return path("query", { query: expr, time: String(end) });
}

/** The path of a query of the exemplars of an expression; undefined for a target that has none. */
export function exemplarQuery({ exemplar }: Target, expr: string, { from, end }: Grid): string | undefined {
  return exemplar ? path("query_exemplars", { query: expr, start: String(from), end: String(end) }) : undefined;
}

/** The path of the values of a variable; undefined for one that does not ask for those of a label. */
export function valuesQuery(variable: Variable, filling: Filling, { from, to }: Range): string | undefined {
  const [, series = "", label = ""] = /^label_values\((.*), (\w+)\)$/.exec(variable.definition) ?? [];
  if (series === "") return undefined;
  const query = { "match[]": fill(series, filling), start: String(from), end: String(to) };
  return path(`label/${label}/values`, query);
}

function path(name: string, query: Record<string, string>): string {
  return `/prometheus/api/v1/${name}?${new URLSearchParams(query).toString()}`;
}

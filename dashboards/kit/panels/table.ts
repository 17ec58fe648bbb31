import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import { prometheus } from "../datasources.ts";
import type { Steps } from "../thresholds.ts";
import type { Unit } from "../units.ts";
import { heights, type PanelArgs } from "./panel.ts";
import { instantQueries, refId } from "./query.ts";

/** A column with the values of a query. */
export interface Column {
  readonly header: string;
  readonly expr: string;
  readonly unit: Unit;
  /** Colours the text. @default - plain */
  readonly thresholds?: Steps;
}

/** What a table needs. */
export interface TableArgs extends Omit<PanelArgs, "unit"> {
  /** The labels that make a row, and the headers of their columns. */
  readonly labels: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
  /** Links from a label's column, by its header. @default - none */
  readonly links?: Readonly<Record<string, readonly { readonly title: string; readonly url: string }[]>>;
}

/** A table of the newest values: a row for each set of labels, a column for each query. */
export function table(args: TableArgs): PanelBuilder {
  const { title, description, width = 12, labels, columns, links = {} } = args;
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(prometheus)
    .span(width)
    .height(heights.table)
    .noValue("no data")
    .filterable(true)
    .targets(instantQueries(columns))
    .transformations([
      { id: "merge", options: {} },
      {
        id: "organize",
        options: {
          excludeByName: { Time: true },
          indexByName: Object.fromEntries(Object.keys(labels).map((label, index) => [label, index])),
          renameByName: { ...labels, ...headers(columns) },
        },
      },
    ]);
  for (const { header, unit, thresholds } of columns) {
    panel.overrideByName(header, [{ id: "unit", value: unit }, ...colored(thresholds)]);
  }
  for (const [header, value] of Object.entries(links)) {
    if (value.length > 0) panel.overrideByName(header, [{ id: "links", value: [...value] }]);
  }
  return panel;
}

/** What Grafana calls the values of each query: without the letter where there is only one. */
function headers(columns: readonly Column[]): Record<string, string> {
  const [only] = columns;
  if (only && columns.length === 1) return { Value: only.header };
  return Object.fromEntries(columns.map(({ header }, index) => [`Value #${refId(index)}`, header]));
}

function colored(steps: Steps | undefined): DynamicConfigValue[] {
  if (!steps) return [];
  return [
    { id: "thresholds", value: { mode: "absolute", steps } },
    { id: "custom.cellOptions", value: { type: "color-text" } },
  ];
}

import { formatValue } from "./format.ts";
import { addressOf } from "./route.ts";
import { overridden, type Panel, type Step, stepColor, unitOf } from "./panel.ts";

/** One series of an instant query's answer. */
export interface InstantSeries {
  metric: Record<string, string>;
  value: [time: number, value: string];
}

/** A cell of a table. */
export interface Cell {
  text: string;
  /** Name of the colour. */
  color?: string;
  /** Where it leads, an address of the page. */
  href?: string;
}

/** A table as it is drawn. */
export interface TableData {
  headers: string[];
  rows: Cell[][];
}

/**
 * The table that Grafana makes of a panel's answers: a row for each set of labels, a column for each label and query.
 *
 * @param answers in the order of the panel's targets
 * @param span that the page shows: links keep it
 */
export function tableOf(panel: Panel, answers: readonly InstantSeries[][], span: string): TableData {
  const rows = new Map<string, { labels: Record<string, string>; values: Record<string, number> }>();
  answers.forEach((series, index) => {
    const field = answers.length === 1 ? "Value" : `Value #${panel.targets[index]?.refId ?? ""}`;
    for (const { metric, value } of series) {
      const labels = Object.fromEntries(Object.entries(metric).filter(([name]) => name !== "__name__"));
      const key = JSON.stringify(Object.entries(labels).sort());
      const row = rows.get(key) ?? { labels, values: {} };
      row.values[field] = Number(value[1]);
      rows.set(key, row);
    }
  });
  const { order, names } = panel.columns;
  const labels = Object.keys(order).toSorted((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
  const values = Object.keys(names).filter((name) => name.startsWith("Value"));
  const header = (name: string) => names[name] ?? name;
  return {
    headers: [...labels, ...values].map(header),
    rows: [...rows.values()].map((row) => [
      ...labels.map((label) => {
        const text = row.labels[label] ?? "";
        const href = linkOf(panel, header(label), row.labels, span);
        return href === undefined ? { text } : { text, href };
      }),
      ...values.map((value) => numberCell(panel, header(value), row.values[value])),
    ]),
  };
}

function numberCell(panel: Panel, header: string, value: number | undefined): Cell {
  if (value === undefined || Number.isNaN(value)) return { text: "–" };
  const steps = overridden(panel, header, "thresholds") as { steps: Step[] } | undefined;
  const color = stepColor(steps?.steps ?? [], value);
  return { text: formatValue(value, unitOf(panel, header)), ...(color === undefined ? {} : { color }) };
}

/** Grafana's link between dashboards that a column has, as an address of the page. */
function linkOf(panel: Panel, header: string, labels: Record<string, string>, span: string): string | undefined {
  const links = overridden(panel, header, "links") as { url: string }[] | undefined;
  const [, id, query = ""] = /^\/d\/([\w-]+)\?(.*)$/.exec(links?.[0]?.url ?? "") ?? [];
  if (id === undefined) return undefined;
  const { names } = panel.columns;
  const byHeader = Object.fromEntries(Object.entries(labels).map(([label, value]) => [names[label] ?? label, value]));
  const chosen = query.split("&").flatMap((part) => {
    const [, variable, field = ""] = /^var-(\w+)=\$\{__data\.fields\.(.+)\}$/.exec(part) ?? [];
    return variable === undefined ? [] : [[variable, [byHeader[field] ?? ""]] as const];
  });
  return addressOf({ view: "dashboard", id, span, choices: Object.fromEntries(chosen) });
}

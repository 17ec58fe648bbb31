import { formatValue } from "./format.ts";
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
 */
export function tableOf(panel: Panel, answers: readonly InstantSeries[][]): TableData {
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
      ...labels.map((label) => withLink(panel, header(label), row.labels[label] ?? "", row.labels, names)),
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

/** Grafana's links between dashboards, as addresses of the page. */
function withLink(
  panel: Panel,
  header: string,
  text: string,
  labels: Record<string, string>,
  names: Record<string, string>,
): Cell {
  const links = overridden(panel, header, "links") as { url: string }[] | undefined;
  const [, uid, query = ""] = /^\/d\/([\w-]+)\?(.*)$/.exec(links?.[0]?.url ?? "") ?? [];
  if (uid === undefined) return { text };
  const byHeader = Object.fromEntries(Object.entries(labels).map(([label, value]) => [names[label] ?? label, value]));
  const chosen = query.split("&").flatMap((part) => {
    const [, variable, field = ""] = /^var-(\w+)=\$\{__data\.fields\.(.+)\}$/.exec(part) ?? [];
    return variable === undefined ? [] : [[variable, byHeader[field] ?? ""] as const];
  });
  return { text, href: `#/dashboard/${uid}?${new URLSearchParams(Object.fromEntries(chosen)).toString()}` };
}

import type { Target } from "./panel.ts";
import { type Grid, timesOf } from "./range.ts";

/** One series of a range query's answer. */
export interface RangeSeries {
  metric: Record<string, string>;
  values: [time: number, value: string][];
}

/** A series with a value, or a gap, for each point of the grid. */
export interface Line {
  name: string;
  values: (number | null)[];
}

/** The series of a target, named as its legend says, on the grid that they were asked for. */
export function linesOf({ legendFormat }: Pick<Target, "legendFormat">, series: RangeSeries[], grid: Grid): Line[] {
  const points = timesOf(grid).length;
  return series.map(({ metric, values }) => {
    const line: Line = { name: legend(legendFormat, metric), values: Array.from({ length: points }, () => null) };
    for (const [time, text] of values) {
      const [value, point] = [Number(text), Math.round((time - grid.from) / grid.step)];
      // The log store's first step may begin before the grid.
      if (Number.isFinite(value) && point >= 0 && point < points) line.values[point] = value;
    }
    return line;
  });
}

/** The name of a series; its labels where the panel has no legend. */
export function legend(format: string, metric: Record<string, string>): string {
  if (format !== "") return format.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => metric[label] ?? "");
  const labels = Object.entries(metric).filter(([name]) => name !== "__name__");
  return labels.map(([name, value]) => `${name}=${value}`).join(", ") || (metric.__name__ ?? "value");
}

/** The lines on top of each other; a gap counts as nothing where another line goes on. */
export function stacked(lines: readonly Line[]): Line[] {
  let below: (number | null)[] = [];
  return lines.map(({ name, values }) => {
    below = values.map((value, index) => {
      const base = below[index] ?? null;
      return value === null && base === null ? null : (value ?? 0) + (base ?? 0);
    });
    return { name, values: below };
  });
}

/** The newest value of a line. */
export function newest({ values }: Line): number | undefined {
  return values.findLast((value) => value !== null) ?? undefined;
}

/** What a line says, for whoever cannot see it. */
export interface LineSummary {
  name: string;
  newest: number;
  least: number;
  most: number;
}

/** The lines that have a value, in numbers. */
export function summaries(lines: readonly Line[]): LineSummary[] {
  return lines.flatMap((line) => {
    const values = line.values.filter((value) => value !== null);
    const last = values.at(-1);
    if (last === undefined) return [];
    return [{ name: line.name, newest: last, least: Math.min(...values), most: Math.max(...values) }];
  });
}

/** A request that was measured and traced. */
export interface Exemplar {
  time: number;
  value: number;
  trace: string;
}

/** Exemplars as Prometheus gives them. */
export type ExemplarAnswer = { exemplars: { labels: Record<string, string>; value: string; timestamp: number }[] }[];

/** So many of the exemplars that they do not cover what they stand on, the slowest first. */
export function exemplarsOf(answer: ExemplarAnswer, most = 40): Exemplar[] {
  const all = answer.flatMap(({ exemplars }) =>
    exemplars.flatMap(({ labels, value, timestamp }) => {
      const trace = labels.trace_id ?? labels.traceID;
      return trace === undefined ? [] : [{ time: timestamp, value: Number(value), trace }];
    }),
  );
  const slowest = all.toSorted((a, b) => b.value - a.value);
  const every = Math.max(1, Math.ceil(slowest.length / most));
  return slowest.filter((_, index) => index % every === 0);
}

/** How full the bands of a histogram are: for each upper bound, from the lowest, what is in that band alone. */
export function bands(lines: readonly Line[]): (Line & { bound: number })[] {
  const sorted = lines
    .map((line) => ({ ...line, bound: line.name === "+Inf" ? Infinity : Number(line.name) }))
    .toSorted((a, b) => a.bound - b.bound);
  return sorted.map((line, band) => ({
    ...line,
    values: line.values.map((value, index) =>
      value === null ? null : Math.max(0, value - (sorted[band - 1]?.values[index] ?? 0)),
    ),
  }));
}

import { markdownTable } from "../../cli/markdownTable.ts";

/** What was measured, or follows from it by a line through two or three points. */
export interface SizingFigures {
  readonly podSeries: number;
  readonly spanSeries: number;
  readonly recordedSeries: number;
  readonly platformSeries: number;
  readonly measuredSeries: number;
  readonly prometheusBase: number;
  readonly prometheusSeries: number;
  readonly prometheusCollected: number;
  readonly sampleBytes: number;
  readonly walBytes: number;
  readonly collectorBase: number;
  readonly collectorSeries: number;
  readonly seriesCpu: number;
  readonly spanCpu: number;
  readonly jaegerSpanBytes: number;
  readonly jaegerSpanCpu: number;
  readonly jaegerRate: number;
  readonly jaegerMemory: number;
  readonly logMemory: number;
  readonly logRate: number;
  readonly logCpu: number;
  readonly logShare: number;
}

/** Each figure as people read it, in the order of the table. */
const titles: Readonly<Record<keyof SizingFigures, string>> = {
  podSeries:
    "Series of a pod: 10 routes with two status codes each, two services that it calls, 20 figures of its runtime; with what is recorded of it",
  spanSeries: "Series of a service from its spans, for each Collector pod that they come to",
  recordedSeries: "Series of a service that rules record, besides those of its pods",
  platformSeries: "Series of the platform itself, as far as it ran",
  measuredSeries: "Prometheus: series, the most with which it was measured",
  prometheusBase: "Prometheus: memory at its peak without services, MiB",
  prometheusSeries: "Prometheus: memory at its peak for each series, KiB",
  prometheusCollected: "Prometheus: memory in use after a collection of garbage for each series, KiB",
  sampleBytes: "Prometheus: a sample in a block of two hours, bytes",
  walBytes: "Prometheus: a sample in the write-ahead log, bytes",
  collectorBase: "Collector: memory at its peak without series, MiB",
  collectorSeries: "Collector: memory at its peak for each series, KiB",
  seriesCpu: "Collector: processor for 10,000 series, sent once and scraped twice, s",
  spanCpu: "Collector: processor for 10,000 spans, s",
  jaegerSpanBytes: "Jaeger on Badger: a span of 14 attributes on the volume, bytes",
  jaegerSpanCpu: "Jaeger on Badger: processor for 10,000 spans, s",
  jaegerRate: "Jaeger on Badger: spans a second, the most with none refused",
  jaegerMemory: "Jaeger on Badger: memory at its peak at that rate, MiB",
  logMemory: "VictoriaLogs: memory at its peak, MiB",
  logRate: "VictoriaLogs: lines a second meanwhile",
  logCpu: "VictoriaLogs: processor for 10,000 lines, s",
  logShare:
    "VictoriaLogs: of 1 GB of lines on the volume, MB; the most of [these](logs.md#what-lines-take-on-the-disk)",
};

const keys = Object.keys(titles) as (keyof SizingFigures)[];

/** The table of the figures. */
export function figuresTable(figures: SizingFigures): string {
  return markdownTable(
    ["Measured", "Figure"],
    keys.map((key) => [titles[key], rounded(figures[key])]),
  );
}

/**
 * The figures of such a table.
 *
 * @param rows its cells
 * @throws when the table is not of all figures
 */
export function readFigures(rows: readonly (readonly string[])[]): SizingFigures {
  const found = keys.map((key) => {
    const figure = Number(rows.find(([title]) => title === titles[key])?.[1]);
    if (!(figure > 0)) throw new Error(`the table has no figure "${titles[key]}"`);
    return [key, figure] as const;
  });
  return Object.fromEntries(found) as Record<keyof SizingFigures, number>;
}

/** The figures as the table has them: what is made of them is made of what people read. */
export function asWritten(figures: SizingFigures): SizingFigures {
  return Object.fromEntries(keys.map((key) => [key, Number(rounded(figures[key]))])) as Record<
    keyof SizingFigures,
    number
  >;
}

function rounded(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : String(Number(figure.toPrecision(3)));
}

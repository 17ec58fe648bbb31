import { fittedLine } from "./line.ts";
import type { CollectorFigures } from "./sizingCollector.ts";
import type { SizingFigures } from "./sizingFigures.ts";
import type { JaegerFigures } from "./sizingJaeger.ts";
import type { LogStoreFigures } from "./sizingLogs.ts";
import type { PrometheusFigures } from "./sizingPrometheus.ts";

/** What was found of each program. */
export interface Measured {
  /** Pods of each service. */
  readonly pods: number;
  readonly collector: CollectorFigures;
  readonly jaeger: JaegerFigures;
  readonly logs: LogStoreFigures;
  readonly prometheus: readonly PrometheusFigures[];
  /** MB of 1 GB of lines. */
  readonly share: number;
}

/**
 * What the table has of it.
 *
 * @throws when a program has no figures: Jaeger kept up with no rate
 */
export function figuresOf({ pods, collector, jaeger, logs, prometheus, share }: Measured): SizingFigures {
  const most = prometheus.at(-1);
  const fastest = jaeger.rates.at(-1);
  if (most === undefined || fastest === undefined) throw new Error("Prometheus or Jaeger has no figures");
  const series = fittedLine(prometheus.map((one) => [one.services, one.series]));
  const memory = fittedLine(prometheus.map((one) => [one.series, one.peak]));
  const collected = fittedLine(prometheus.map((one) => [one.series, one.collected]));
  const held = fittedLine(collector.held.map((one) => [one.series, one.memory]));
  const [podSeries, spanSeries] = [most.ofPods / most.services / pods, most.ofSpans / most.services];
  return {
    ...{ podSeries, spanSeries, recordedSeries: series.slope - pods * podSeries - spanSeries },
    ...{
      platformSeries: series.base,
      measuredSeries: most.series,
      prometheusBase: memory.base,
      prometheusSeries: memory.slope * 1024,
    },
    prometheusCollected: collected.slope * 1024,
    ...{ sampleBytes: most.blockBytes, walBytes: most.walBytes },
    ...{ collectorBase: Math.max(held.base, collector.spanMemory), collectorSeries: held.slope * 1024 },
    ...{ seriesCpu: collector.seriesCpu, spanCpu: collector.spanCpu },
    ...{ jaegerSpanBytes: jaeger.spanBytes, jaegerSpanCpu: fastest.cpu, jaegerMemory: fastest.memory },
    jaegerRate: fastest.rate,
    ...{ logMemory: logs.peak, logRate: logs.rate, logCpu: logs.cpu, logShare: share },
  };
}

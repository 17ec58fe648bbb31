import type { SizingFigures } from "../../scripts/bench/sizingFigures.ts";

/** Figures by which one can reckon in one's head. */
export const figures: SizingFigures = {
  ...{ podSeries: 400, spanSeries: 500, recordedSeries: 100, platformSeries: 1000, measuredSeries: 200_000 },
  ...{ prometheusBase: 100, prometheusSeries: 4, prometheusCollected: 2, sampleBytes: 2, walBytes: 5 },
  ...{ collectorBase: 100, collectorSeries: 2, seriesCpu: 0.1, spanCpu: 0.1 },
  ...{ jaegerSpanBytes: 512, jaegerSpanCpu: 0.5, jaegerRate: 5000, jaegerMemory: 600 },
  ...{ logMemory: 200, logRate: 10_000, logCpu: 0.1, logShare: 200 },
};

import assert from "node:assert/strict";
import { figuresOf, type Measured } from "../../../scripts/bench/sizingMeasured.ts";

const prometheus = (services: number) => ({
  ...{ services, series: 1000 + services * 2600, ofPods: services * 2000, ofSpans: services * 450 },
  ...{ peak: 50 + (1000 + services * 2600) / 256, collected: 20 + (1000 + services * 2600) / 512 },
  ...{ blockBytes: 1.5, walBytes: 6 },
});
const measured: Measured = {
  pods: 5,
  collector: {
    ...{ spanCpu: 0.07, spanMemory: 80, seriesCpu: 0.1 },
    held: [
      { series: 1024, memory: 32 },
      { series: 3072, memory: 36 },
    ],
  },
  jaeger: {
    rates: [
      { rate: 1000, cpu: 0.5, memory: 200 },
      { rate: 8000, cpu: 0.6, memory: 700 },
    ],
    spanBytes: 600,
  },
  logs: { rate: 10_000, peak: 120, cpu: 0.06 },
  prometheus: [4, 20, 80].map(prometheus),
  share: 184,
};

describe("figuresOf", () => {
  const figures = figuresOf(measured);
  const near = (value: number, expected: number) => {
    assert.ok(Math.abs(value - expected) < 1e-6, `${value}, not ${expected}`);
  };

  it("takes apart what series are of", () => {
    near(figures.podSeries, 400);
    near(figures.spanSeries, 450);
    near(figures.recordedSeries, 150);
    near(figures.platformSeries, 1000);
  });

  it("has memory as a base and so much for each series", () => {
    near(figures.prometheusBase, 50);
    near(figures.prometheusSeries, 4);
    near(figures.prometheusCollected, 2);
    near(figures.collectorSeries, 2);
  });

  it("has the Collector's base with spans on their way", () => {
    assert.equal(figures.collectorBase, 80);
  });

  it("has Jaeger's figures at the rate that was the most", () => {
    assert.deepEqual([figures.jaegerRate, figures.jaegerSpanCpu, figures.jaegerMemory], [8000, 0.6, 700]);
  });

  it("of a Jaeger that kept up with nothing are refused", () => {
    assert.throws(() => figuresOf({ ...measured, jaeger: { rates: [], spanBytes: NaN } }), /Jaeger has no figures/);
  });
});

import assert from "node:assert/strict";
import { type Load, resourcesOf } from "../../../scripts/bench/sizingResources.ts";
import { figures } from "../../support/sizingFigures.ts";

const load: Load = {
  ...{ services: 100, pods: 5, requests: 20, spans: 3, samplingRatio: 0.1, logBytes: 300, logLines: 2 },
  ...{ scrapeSeconds: 30, retention: { metrics: 30, traces: 7, logs: 30 } },
};
const GiB = 2 ** 30;

describe("resourcesOf", () => {
  const found = resourcesOf(load, figures);

  it("is refused where a Collector without series takes more than one has", () => {
    assert.throws(() => resourcesOf(load, { ...figures, collectorBase: 2800 }), /2800 MiB without series/);
  });

  it("counts the series of pods, of spans at each Collector, and what rules record", () => {
    assert.equal(found.collectorReplicas, 2);
    assert.equal(found.series, 1000 + 100 * (5 * 400 + 2 * 500 + 100));
  });

  it("gives a service's spans to no more Collectors than it has pods", () => {
    const { series, collectorReplicas } = resourcesOf({ ...load, pods: 1 }, figures);
    assert.deepEqual([series, collectorReplicas], [1000 + 100 * (400 + 500 + 100), 2]);
  });

  it("gives Prometheus half as much memory again as its series took", () => {
    assert.equal(found.prometheusMemory, 1.5 * (100 + (311_000 * 4) / 1024));
  });

  it("gives Prometheus a volume that samples fill to 85 %, with three hours of its log", () => {
    const samples = 311_000 / 30;
    const bytes = samples * (30 * 86_400 * 2 + 3 * 3600 * 5);
    assert.equal(Math.round(found.prometheusVolume), Math.round(bytes / 2 ** 20 / 0.85));
  });

  it("keeps twice as much for twice the time", () => {
    const { prometheusVolume, jaegerVolume, logsVolume, ...others } = resourcesOf(
      { ...load, retention: { metrics: 60, traces: 14, logs: 60 } },
      figures,
    );
    assert.ok(prometheusVolume > 1.9 * found.prometheusVolume && prometheusVolume < 2 * found.prometheusVolume);
    assert.deepEqual([jaegerVolume, logsVolume], [2 * found.jaegerVolume, 2 * found.logsVolume]);
    assert.deepEqual({ ...found, ...others }, found);
  });

  it("keeps the share of spans that is sampled", () => {
    assert.equal(found.spans, 600);
    assert.equal(found.jaegerVolume * 2 ** 20, 1.25 * 600 * 7 * 86_400 * 512);
  });

  it("gives the store of logs the room that four fifths of it hold the lines", () => {
    const printed = 100 * 20 * 300 * 30 * 86_400;
    assert.equal((found.logsVolume * 2 ** 20) / GiB, (printed * 0.2) / 0.8 / GiB);
    assert.equal(found.logsMemory, 300);
    assert.equal(resourcesOf({ ...load, services: 500 }, figures).logsMemory, 600);
  });

  it("adds Collectors for processor time, at four tenths of a processor each", () => {
    const busy = resourcesOf({ ...load, services: 10, requests: 20_000, samplingRatio: 1 }, figures);
    // 600,000 spans a second at 0.1 s for 10,000 are six processors.
    assert.ok(busy.collectorReplicas === 16, String(busy.collectorReplicas));
  });

  it("adds Collectors rather than give one more than 4 GiB", () => {
    const many = resourcesOf({ ...load, services: 2000, requests: 0 }, figures);
    const memoryOf = (pods: number) => 1.5 * (100 + ((2000 * (5 * 400 + 500)) / pods / 1024) * 2);
    assert.deepEqual([many.collectorReplicas, many.collectorMemory], [4, memoryOf(4)]);
    assert.ok(memoryOf(3) > 4096);
  });
});

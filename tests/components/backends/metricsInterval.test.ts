import assert from "node:assert/strict";
import { sampleInterval } from "../../../components/backends/metricsInterval.ts";
import { parseSettings } from "../../../settings/read.ts";

function interval(scrapeInterval: string, metricExportIntervalSeconds: number): number {
  return sampleInterval(
    parseSettings({
      prometheus: JSON.stringify({ scrapeInterval }),
      instrumentation: JSON.stringify({ metricExportIntervalSeconds }),
    }),
  );
}

describe("sampleInterval", () => {
  it("is that of the slowest: scrapes, exports, or the collector's metrics of spans", () => {
    assert.equal(interval("30s", 60), 60);
    assert.equal(interval("75s", 45), 75);
    assert.equal(interval("5s", 5), 15);
  });
});

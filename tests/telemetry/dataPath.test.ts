import { planTraffic } from "../../sandbox/telemetry/traffic.ts";
import { testDataPath } from "../support/dataPath.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const stack = new TelemetryStack(21320, {
  instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
});
const { app, upstream, jaeger, prometheus } = stack.urls;

describe("the data path", function () {
  this.timeout(600_000);

  before(async function () {
    await requirePython(this);
    await stack.start();
  });
  after(() => stack.remove());

  testDataPath({
    ...{ app, upstream, jaeger, prometheus },
    upstreamUrl: `${upstream}/users/octocat`,
    // Five seconds of the mix: 200 requests.
    plan: planTraffic(5, 40),
    patience: 40_000,
  });
});

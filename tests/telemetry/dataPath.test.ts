import assert from "node:assert/strict";
import { query } from "../../page/figures.ts";
import { findTraces } from "../../page/traces.ts";
import { planTraffic } from "../../sandbox/telemetry/traffic.ts";
import { testDataPath } from "../support/dataPath.ts";
import { eventually } from "../support/eventually.ts";
import { getAll } from "../support/load.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const config = {
  instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};

describe("the data path", function () {
  this.timeout(600_000);
  const stack = new TelemetryStack(21320, config);
  const { app, upstream, jaeger, prometheus } = stack.urls;

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

describe("the data path with the spans of single messages", function () {
  this.timeout(600_000);
  const stack = new TelemetryStack(21460, { ...config, collector: JSON.stringify({ messageSpans: true }) });
  const { app, jaeger, prometheus } = stack.urls;
  const service = "python-api";
  const requests = 20;

  before(async function () {
    await requirePython(this);
    await stack.start("collector", "jaeger", "prometheus", "python-api");
    await getAll(requests, (index) => ({ url: `${app}/items/${index}` }));
  });
  after(() => stack.remove());

  it("has three spans of a request, of which it keeps one by default", async () => {
    await eventually(async () => {
      const traces = await findTraces(jaeger, { service, limit: 100 });
      assert.equal(traces.length, requests);
      const kinds = new Set(traces.map(({ spans }) => spans.map(({ kind }) => kind).join()));
      assert.deepEqual(kinds, new Set(["server,internal,internal"]));
    }, 40_000);
  });

  it("has at least twice the series of span metrics that there are by default", async () => {
    const series = async (more = "") => {
      const matcher = `__name__=~"traces_span_metrics_.*",service_name="${service}"${more}`;
      return (await query(prometheus, `count({${matcher}})`))[0]?.value ?? 0;
    };
    await eventually(async () => {
      const byDefault = await series(',span_kind!="SPAN_KIND_INTERNAL"');
      assert.ok(
        byDefault > 0 && (await series()) >= 2 * byDefault,
        `${await series()} series, ${byDefault} by default`,
      );
    }, 40_000);
  });
});

import assert from "node:assert/strict";
import { query } from "../../page/figures.ts";
import { eventually } from "../support/eventually.ts";
import { sendMetrics } from "../support/otlp.ts";
import { requestHistogram } from "../support/requestHistogram.ts";
import { noteTruth } from "../support/truth.ts";
import { TelemetryStack } from "../support/telemetryStack.ts";

const config = {
  instrumentation: JSON.stringify({ metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};
const requests = "http_server_request_duration_seconds_count";

/** What a process of a service says of itself. */
const resource = (service: string, instance = `${service}-0`) => ({
  ...{ "service.name": service, "service.instance.id": instance },
  ...{ "k8s.namespace.name": "shop", "k8s.deployment.name": service, "k8s.pod.name": instance },
});

describe("what Prometheus says is what was sent", function () {
  this.timeout(600_000);
  const stack = new TelemetryStack(21540, config);
  const { collector, prometheus } = stack.urls;

  before(() => stack.start("jaeger", "collector", "prometheus"));
  after(() => stack.remove());

  const value = async (expression: string) => (await query(prometheus, expression))[0]?.value ?? 0;
  const increase = (service: string, more = "", window = "5m") =>
    value(`sum(increase(${requests}{service_name="${service}"${more}}[${window}]))`);
  const last = (service: string) => value(`sum(${requests}{service_name="${service}"})`);

  it("of the first failures after a start, which appear with their counter", async () => {
    const start = Date.now() - 3000;
    await sendMetrics(collector, resource("first"), [requestHistogram(start, { 200: 57, 500: 3 })]);
    await eventually(async () => {
      assert.equal(await last("first"), 60);
    }, 20_000);
    await sendMetrics(collector, resource("first"), [requestHistogram(start, { 200: 87, 500: 3 })]);
    await eventually(async () => {
      assert.equal(await last("first"), 90);
    }, 20_000);
    const grown = (more: string) => {
      const counter = `${requests}{service_name="first"${more}}[1m]`;
      return value(`sum(max_over_time(${counter}) - min_over_time(${counter}))`);
    };
    for (const [what, more, sent] of [
      ["Requests in the first seconds of a process, by the counter", "", 90],
      ["Failures that appear with their counter, by the counter", ',http_response_status_code="500"', 3],
    ] as const) {
      const said = await grown(more);
      noteTruth({ what, sent, said, bound: 2 });
    }
    // `increase` extrapolates over what lies between the samples and the window's ends, but never below 0.
    const said = await increase("first", ',http_response_status_code="500"', "1m");
    assert.ok(said >= 2.9 && said <= 3.6, `${said}`);
  });

  it("of two workers whose series begin in the same millisecond, as Node.js has it", async () => {
    const start = Date.now();
    for (const [pid, count] of [
      [17, 30],
      [18, 50],
    ] as const) {
      const worker = { ...resource("twins"), "process.pid": pid };
      await sendMetrics(collector, worker, [requestHistogram(start, { 200: count })]);
    }
    await eventually(async () => {
      assert.equal(await last("twins"), 80);
    }, 20_000);
  });

  it("of everybody else, when one sends a gauge under the name of their histogram", async () => {
    const start = Date.now();
    const gauge = {
      name: "http.server.request.duration",
      unit: "s",
      type: "gauge",
      start,
      points: [{ value: 1 }],
    } as const;
    await sendMetrics(collector, resource("odd"), [gauge, { ...gauge, name: "orders", unit: "1" }]);
    await eventually(async () => {
      assert.equal(await value('http_server_request_duration_seconds{service_name="odd"}'), 1);
    }, 20_000);
    // It came first, and is still there.
    const counter = { name: "orders", type: "counter", start, points: [{ value: 7 }] } as const;
    await sendMetrics(collector, resource("even"), [requestHistogram(start, { 200: 5 }), counter]);
    await eventually(async () => {
      await sendMetrics(collector, resource("odd"), [gauge, { ...gauge, name: "orders", unit: "1" }]);
      assert.equal(await last("even"), 5);
      assert.equal(await value('orders_total{service_name="even"}'), 7);
      assert.equal(await value('orders_ratio{service_name="odd"}'), 1);
    }, 20_000);
    const what = "Requests beside a gauge of the same name from another service, by the counter";
    noteTruth({ what, sent: 5, said: await last("even"), bound: 0 });
  });

  it("of a pod's gauges no longer than two exports and a scrape after its end", async () => {
    const active = { name: "http.server.active_requests", unit: "{request}", type: "gauge", start: 0 } as const;
    await sendMetrics(collector, resource("gone"), [{ ...active, points: [{ value: 4 }] }]);
    await eventually(async () => {
      assert.equal(await value('http_server_active_requests{service_name="gone"}'), 4);
    }, 10_000);
    const seen = Date.now();
    await eventually(async () => {
      assert.deepEqual(await query(prometheus, 'http_server_active_requests{service_name="gone"}'), []);
    }, 20_000);
    // Two exports of 1 s, a scrape of 1 s, and what the scrape itself and this question took.
    assert.ok(Date.now() - seen < 7000, `${Date.now() - seen} ms`);
  });
});

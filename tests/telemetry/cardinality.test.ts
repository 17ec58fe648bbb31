import assert from "node:assert/strict";
import { overflowing } from "../../rules/cardinalityAlerts.ts";
import { query } from "../../page/figures.ts";
import { peakMemory } from "../../scripts/bench/memory.ts";
import { eventually } from "../support/eventually.ts";
import { sendMetrics, sendSpans } from "../support/otlp.ts";
import { TelemetryStack } from "../support/telemetryStack.ts";
import { noteTruth } from "../support/truth.ts";

/** Distinct names, and distinct values of an attribute, of one service; a multiple of 1,000. */
const distinct = Number(process.env.DISTINCT_VALUES ?? 20_000);
/** One export of a process, which is of all its series. */
const perExport = 20_000;

const MIB = 512;
const config = { prometheus: JSON.stringify({ scrapeInterval: "1s" }) };
const identity = { "k8s.namespace.name": "shop", "k8s.deployment.name": "shop" };
const noisy = { "service.name": "noisy", ...identity };
const quiet = { "service.name": "quiet", ...identity, "service.instance.id": "quiet-0" };

describe("a service with a name or a value for every request", function () {
  this.timeout(1_200_000);
  const stack = new TelemetryStack(21520, config);
  const { collector, prometheus } = stack.urls;
  const start = Date.now();
  let timer: NodeJS.Timeout;
  let lost = 0;

  before(async () => {
    await stack.start("jaeger", "collector", "prometheus");
    let value = 0;
    timer = setInterval(() => {
      const points = [{ value: (value += 1) }];
      sendMetrics(collector, quiet, [{ name: "quiet.requests", type: "counter", start, points }]).catch(
        () => (lost += 1),
      );
    }, 500);
    await eventually(async () => {
      assert.ok((await value1('quiet_requests_total{service_name="quiet"}')) > 0);
    }, 30_000);
  });
  after(async () => {
    clearInterval(timer);
    await stack.remove();
  });

  /** The only value of an expression. */
  const value1 = async (expression: string) => (await query(prometheus, expression))[0]?.value ?? 0;

  it("by spans keeps its totals: requests, errors and durations over all names", async () => {
    for (let first = 0; first < distinct; first += 1000) {
      const spans = Array.from({ length: 1000 }, (_, index) => ({
        ...{ name: `GET /orders/${first + index}`, kind: "server" as const },
        failed: index % 10 === 0,
      }));
      await sendSpans(collector, { ...noisy, "k8s.pod.name": `noisy-${(first / 1000) % 4}` }, spans);
    }
    const service = 'service_name="noisy",k8s_namespace_name="shop"';
    const ofService = `traces_service_metrics_calls_total{${service},span_kind="SPAN_KIND_SERVER"}`;
    // Each connector shows what it has counted at a time of its own.
    for (const [series, count] of [
      [ofService, distinct],
      [ofService.replace("}", ',status_code="STATUS_CODE_ERROR"}'), distinct / 10],
      [`traces_service_metrics_duration_milliseconds_bucket{${service},le="10.0"}`, distinct],
      [`traces_span_metrics_calls_total{${service}}`, distinct],
    ] as const)
      await eventually(async () => {
        assert.equal(await value1(`sum(${series})`), count);
      }, 60_000);
    const what = `Spans of a service with ${distinct} names, by the counter`;
    noteTruth({ what, sent: distinct, said: await value1(`sum(${ofService})`) });
  });

  it("by metrics keeps its totals by method and status", async () => {
    const counts = [3, 5];
    for (const count of counts) {
      const points = Array.from({ length: perExport }, (_, index) => ({
        attributes: {
          ...{ "user.id": `user-${index}`, "http.request.method": "GET" },
          "http.response.status_code": index % 10 === 0 ? 500 : 200,
        },
        value: count,
      }));
      const resource = { ...noisy, "service.instance.id": "noisy-metrics" };
      await sendMetrics(collector, resource, [
        { name: "http.server.request.duration", unit: "s", type: "histogram", start, points },
      ]);
      await eventually(async () => {
        const counted = 'http_server_request_duration_seconds_count{service_name="noisy"';
        assert.equal(await value1(`sum(${counted}})`), perExport * count);
        assert.equal(await value1(`sum(${counted},http_response_status_code="500"})`), (perExport * count) / 10);
      }, 30_000);
    }
    const what = `Requests of a service with ${perExport} values of an attribute, by the counter`;
    const said = await value1('sum(http_server_request_duration_seconds_count{service_name="noisy"})');
    noteTruth({ what, sent: perExport * 5, said });
  });

  it("has a bounded number of series, and is named", async () => {
    const series = await value1('count({service_name="noisy"})');
    assert.ok(series > 10_000 && series <= 40_000, `${series} series`);
    const [named, ...others] = await query(prometheus, overflowing);
    assert.deepEqual(
      [named?.labels.service_name, named?.labels.k8s_namespace_name, others.length],
      ["noisy", "shop", 0],
    );
  });

  it("takes no sample from another service, and leaves the collector its memory", async () => {
    assert.equal(lost, 0);
    const since = "[2m]";
    const up = `up{job="otel-collector",endpoint="prometheus-sum"}${since}`;
    const scrapes = `sum(sum_over_time(${up}))`;
    await eventually(async () => {
      assert.ok((await value1(scrapes)) > 20, "so few say nothing");
    }, 60_000);
    const gaps = await value1(`sum(count_over_time(${up})) - sum(count_over_time(quiet_requests_total${since}))`);
    // Those before the service's first export.
    assert.ok(gaps < 10, `${gaps} scrapes without it`);
    if (process.platform !== "linux") return;
    const peak = peakMemory(stack.record("collector").pid) ?? 0;
    assert.ok(0 < peak && peak < 0.8 * MIB, `peak ${peak} MiB of ${MIB} MiB`);
    console.log(`    ${distinct} names, ${perExport} values: peak ${peak.toFixed(0)} MiB`);
  });

  it("by metrics of two workers of a pod keeps what both count", async () => {
    const points = Array.from({ length: 3000 }, (_, index) => ({
      attributes: { "user.id": `user-${index}` },
      value: 1,
    }));
    for (const pid of [11, 12]) {
      const resource = { "service.name": "workers", ...identity, "process.pid": pid };
      await sendMetrics(collector, resource, [{ name: "baskets", type: "counter", start, points }]);
    }
    await eventually(async () => {
      assert.equal(await value1('sum(baskets_total{service_name="workers"})'), 6000);
    }, 30_000);
  });
});

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { query } from "../../sandbox/telemetry/figures.ts";
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
    const ended = Date.now();
    await eventually(async () => {
      assert.equal(await value('http_server_active_requests{service_name="gone"}'), 4);
    }, 10_000);
    await eventually(async () => {
      assert.deepEqual(await query(prometheus, 'http_server_active_requests{service_name="gone"}'), []);
    }, 20_000);
    // Two exports of 1 s, a scrape of 1 s, and what the scrape itself and this question took.
    assert.ok(Date.now() - ended < 7000, `${Date.now() - ended} ms`);
  });

  describe("over a run with restarts", () => {
    const sent: Record<string, number> = {};
    /** Processes that send a histogram each second, as long as they live. */
    const processes: SentProcess[] = [
      ...[0, 1, 2, 3].map((worker) => ({ service: "workers", perSecond: 5 * (worker + 1), late: worker * 70 })),
      { service: "steady", perSecond: 10 },
      { service: "replaced", instance: "replaced-a", perSecond: 8, to: 45 },
      { service: "replaced", instance: "replaced-b", perSecond: 8, from: 42 },
      { service: "restarted", perSecond: 6, to: 40 },
      { service: "restarted", perSecond: 6, from: 44 },
      // What it sends is left out, and nothing else.
      { service: "lost-clock", perSecond: 4, clock: -7_200_000 },
      { service: "fast-clock", perSecond: 4, clock: 30_000 },
      { service: "slow-clock", perSecond: 4, clock: -30_000 },
    ];

    before(async () => {
      const run = processes.map((process) => runProcess(process, collector, sent));
      await sleep(20_000);
      await stack.end("collector");
      await sleep(500);
      await stack.start("collector");
      await sleep(12_000);
      await stack.end("prometheus");
      await sleep(500);
      await stack.start("prometheus");
      await Promise.all(run);
    });

    for (const [service, what] of [
      ["workers", "of four workers of one pod, which have one identity"],
      ["steady", "while the collector, and then Prometheus, is made anew"],
      ["replaced", "when a pod takes another's place"],
      ["restarted", "when its process ends, and another begins in its place"],
      ["slow-clock", "when its clock is 30 s behind"],
      ["fast-clock", "when its clock is 30 s ahead"],
    ] as const) {
      it(what, async () => {
        const total = sent[service] ?? assert.fail(service);
        // A clock that is ahead: its samples are of a time that is yet to come.
        await eventually(async () => {
          const said = await increase(service, "", "10m");
          noteTruth({ what: `Requests ${what}, by increase`, sent: total, said, bound: 2 });
        }, 40_000);
      });
    }
  });
});

/** A process that sends what it counts. */
interface SentProcess {
  readonly service: string;
  /** @default the service's only one */
  readonly instance?: string;
  /** Requests. */
  readonly perSecond: number;
  /** Second of the run in which it starts. @default 0 */
  readonly from?: number;
  /** Second of the run in which it ends. @default that of the run */
  readonly to?: number;
  /** Milliseconds by which its exports are later than the others'. @default 0 */
  readonly late?: number;
  /** Milliseconds by which its clock is wrong. @default 0 */
  readonly clock?: number;
}

/** Seconds with requests, and in which it still exports. */
const RUN = { busy: 90, whole: 100 };

/** Runs a process, and adds its requests to those of its service. */
async function runProcess(
  { service, instance, perSecond, from = 0, to = RUN.whole, late = 0, clock = 0 }: SentProcess,
  collector: string,
  sent: Record<string, number>,
): Promise<void> {
  const began = Date.now();
  await sleep(from * 1000 + late);
  const start = Date.now() + clock;
  let count = 0;
  const now = () => (Date.now() - began) / 1000;
  const send = async () => {
    const metric = { ...requestHistogram(start, { 200: count }), time: Date.now() + clock };
    await sendMetrics(collector, resource(service, instance), [metric]);
  };
  while (now() < to) {
    await sleep(1000);
    if (now() < Math.min(to, RUN.busy)) {
      count += perSecond;
      sent[service] = (sent[service] ?? 0) + perSecond;
    }
    // Without a collector it is lost, and the next export has it.
    await send().catch(() => undefined);
  }
  // As an SDK does at its end.
  await eventually(send, 10_000);
}

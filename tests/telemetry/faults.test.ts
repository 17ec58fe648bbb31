import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readFigures } from "../../page/figures.ts";
import { getJson } from "../../page/http.ts";
import { findTraces } from "../../page/traces.ts";
import { planTraffic, sendTraffic } from "../../sandbox/telemetry/traffic.ts";
import { eventually } from "../support/eventually.ts";
import { getAll } from "../support/load.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const SCRAPE_SECONDS = 5;
const OUTAGE_SECONDS = 30;

const stack = new TelemetryStack(21300, {
  instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds: 1 }),
  jaeger: JSON.stringify({ storage: "badger" }),
  prometheus: JSON.stringify({ scrapeInterval: `${SCRAPE_SECONDS}s` }),
});
const { app, upstream, jaeger, prometheus } = stack.urls;
const service = "python-api";

/** Requests that were sent so far. */
let sent = 0;

async function traffic(seconds: number, rate: number): Promise<void> {
  const plan = planTraffic(seconds, rate);
  sent += plan.length;
  const { unanswered } = await sendTraffic(plan, { app, upstream }, () => undefined);
  assert.equal(unanswered, 0, "the app did not answer");
}

/** Seconds between two samples of a scrape, the widest of the last minutes. */
async function widestGap(): Promise<number> {
  const matrix = z.object({
    data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
  });
  const expression = encodeURIComponent('up{job="otel-collector"}[5m]');
  const { data } = matrix.parse(await getJson(`${prometheus}/api/v1/query?query=${expression}`));
  const times = data.result[0]?.values.map(([time]) => time) ?? [];
  assert.ok(times.length > 5, `only ${times.length} scrapes`);
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

/** How long Prometheus may take from its start to know its targets: it hands on what it found every five seconds, and takes it in every five. */
const FINDING_SECONDS = 10;

describe("ordinary faults", function () {
  this.timeout(600_000);

  before(async function () {
    await requirePython(this);
    await stack.start();
  });
  after(() => stack.remove());

  it(`lose no trace while Jaeger is away for ${OUTAGE_SECONDS} s, and no earlier one`, async () => {
    const running = traffic(OUTAGE_SECONDS + 10, 20);
    await eventually(async () => {
      assert.ok((await findTraces(jaeger, { service, limit: 10 })).length > 0, "no trace before the outage");
    }, 20_000);
    await stack.end("jaeger");
    await sleep(OUTAGE_SECONDS * 1000);
    await stack.start("jaeger");
    await running;
    await eventually(async () => {
      const traces = await findTraces(jaeger, { service, limit: 5000 });
      const servers = traces.flatMap(({ spans }) => spans).filter(({ kind }) => kind === "server");
      assert.deepEqual([traces.length, servers.length], [sent, sent]);
    }, 60_000);
  });

  it("leave no gap wider than Prometheus was away, and a scrape before and after", async () => {
    const from = Date.now();
    await stack.end("prometheus");
    await stack.start("prometheus");
    const away = (Date.now() - from) / 1000;
    await traffic(2 * SCRAPE_SECONDS, 10);
    const gap = await widestGap();
    // Half a second for the scrape itself.
    assert.ok(
      gap <= away + 2 * SCRAPE_SECONDS + FINDING_SECONDS + 0.5,
      `a gap of ${gap.toFixed(1)} s, and Prometheus was away for ${away.toFixed(1)} s`,
    );
  });

  it("let the app answer and telemetry resume when the collector is restarted", async () => {
    const running = traffic(12, 20);
    await sleep(3000);
    await stack.end("collector");
    await sleep(3000);
    await stack.start("collector");
    await running;
    const marker = "4bf92f3577b34da6a3ce929d0e0e4736";
    sent += 1;
    await getAll(1, () => ({
      url: `${app}/items/1`,
      headers: { traceparent: `00-${marker}-00f067aa0ba902b7-01` },
    }));
    await eventually(async () => {
      const traces = await findTraces(jaeger, { service, limit: 100 });
      assert.ok(
        traces.some(({ id }) => id === marker),
        "no trace after the restart",
      );
    }, 60_000);
    // The app's counters hold what was counted while the collector was away.
    await eventually(async () => {
      const { routes } = await readFigures(prometheus, service);
      assert.equal(
        routes.reduce((sum, { total }) => sum + total, 0),
        sent,
      );
    }, 60_000);
  });
});

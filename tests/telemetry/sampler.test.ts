import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { eventually } from "../support/eventually.ts";
import { getAll } from "../support/load.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const RATIO = 0.25;
const REQUESTS = 2000;
const stack = new TelemetryStack(21420, { instrumentation: JSON.stringify({ samplingRatio: RATIO }) });

/** The trace ids that the collector has written to its log. */
function seenTraces(): Set<string> {
  const log = readFileSync(stack.record("collector").log, "utf8");
  return new Set([...log.matchAll(/^\s+Trace ID\s+: ([0-9a-f]{32})$/gm)].map((match) => match[1] ?? ""));
}

/** Trace ids of callers. */
const traceIds = (count: number) => Array.from({ length: count }, () => randomBytes(16).toString("hex"));

/** Waits until everything sampled so far is at the collector: the SDK exports in order, so a last trace tells. */
async function settled(): Promise<Set<string>> {
  const [last = ""] = traceIds(1);
  await getAll(1, () => ({ url: `${stack.urls.app}/items/1`, headers: { traceparent: parent(last, true) } }));
  await eventually(() => {
    assert.ok(seenTraces().has(last), "the last trace is not at the collector");
    return Promise.resolve();
  }, 20_000);
  const seen = seenTraces();
  seen.delete(last);
  return seen;
}

const parent = (id: string, sampled: boolean) => `00-${id}-00f067aa0ba902b7-${sampled ? "01" : "00"}`;

describe("the sampler", function () {
  this.timeout(600_000);

  before(async function () {
    await requirePython(this);
    // Counted where the spans arrive: nothing after it can lose one.
    const { config } = stack.objects.collector.spec;
    config.exporters.debug = { verbosity: "detailed" };
    const { traces } = config.service.pipelines;
    Object.assign(traces ?? {}, {
      exporters: ["debug", ...(traces?.exporters ?? []).filter((id) => !id.startsWith("otlp"))],
    });
    // What waits for the next export is sampled already: no need to wait five seconds for each.
    stack.objects.deployment.spec.template.spec.containers[0]?.env?.push({
      name: "OTEL_BSP_SCHEDULE_DELAY",
      value: "200",
    });
    await stack.start("collector", "python-api");
  });
  after(() => stack.remove());

  it(`keeps its share of ${REQUESTS} new traces, within 4.5 standard deviations`, async () => {
    const statuses = await getAll(REQUESTS, (index) => ({ url: `${stack.urls.app}/items/${index}` }));
    assert.ok(statuses.every((status) => status === 200));
    const mean = REQUESTS * RATIO;
    const deviation = Math.sqrt(REQUESTS * RATIO * (1 - RATIO));
    const { size } = await settled();
    assert.ok(Math.abs(size - mean) <= 4.5 * deviation, `${size} traces of ${REQUESTS} requests`);
  });

  it("follows the decision of the caller, whatever the ratio", async () => {
    const [wanted, unwanted] = [traceIds(100), traceIds(100)];
    const parents = [...wanted.map((id) => parent(id, true)), ...unwanted.map((id) => parent(id, false))];
    await getAll(parents.length, (index) => ({
      url: `${stack.urls.app}/items/1`,
      headers: { traceparent: parents[index] ?? "" },
    }));
    const seen = await settled();
    const count = (ids: string[]) => ids.filter((id) => seen.has(id)).length;
    assert.deepEqual([count(wanted), count(unwanted)], [100, 0]);
  });

  it("traces no health check", async () => {
    const before = (await settled()).size;
    await getAll(200, () => ({ url: `${stack.urls.app}/healthz` }));
    // The first settling left its own trace.
    assert.equal((await settled()).size, before + 1);
  });
});

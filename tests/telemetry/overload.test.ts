import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { findTraces } from "../../page/traces.ts";
import { peakMemory } from "../../scripts/bench/memory.ts";
import { collectorMetric } from "../../scripts/bench/collectorMetrics.ts";
import { eventually } from "../support/eventually.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const LIMIT_MIB = 256;
const stack = new TelemetryStack(21360, { collector: JSON.stringify({ memoryLimit: `${LIMIT_MIB}Mi` }) });
const metric = (name: string) => collectorMetric(stack.urls.collectorSelf, name);

describe("overload", function () {
  this.timeout(600_000);

  let generator: string;
  before(async function () {
    await requirePython(this);
    generator = (await ensureTools(["telemetrygen"], stack.paths, silentReport)).telemetrygen;
    // No Jaeger yet: what comes in has to be kept.
    await stack.start("collector");
  });
  after(() => stack.remove());

  function generate(signal: "traces" | "metrics", ...args: string[]): ChildProcess {
    const endpoint = `127.0.0.1:${stack.ports.collector[4317] ?? 0}`;
    return spawn(generator, [signal, "--otlp-insecure", "--otlp-endpoint", endpoint, ...args], { stdio: "ignore" });
  }

  const exported = async () => (await fetch(`http://127.0.0.1:${stack.ports.collector[8891] ?? 0}/metrics`)).text();

  it("makes the collector refuse spans, visibly, before its memory is used up, and go on with metrics", async () => {
    // 40 MB/s of spans of 4 KB: far more than can be kept.
    const payload = `payload="${"x".repeat(4096)}"`;
    const rate = ["--rate", "5000", "--workers", "2", "--duration", "120s"];
    const load = generate("traces", ...rate, "--allow-export-failures", "--telemetry-attributes", payload);
    await eventually(async () => {
      assert.ok((await metric("otelcol_processor_memory_limiter_refused_spans_total")) > 0, "nothing was refused");
      assert.ok((await metric("otelcol_receiver_refused_spans_total")) > 0, "no refusal at the receiver");
    }, 60_000);
    const accepted = await metric("otelcol_receiver_accepted_spans_total");
    // Full: it goes on refusing.
    const refused = await metric("otelcol_receiver_refused_spans_total");
    await eventually(async () => {
      assert.ok((await metric("otelcol_receiver_refused_spans_total")) > refused, "it refuses no more");
    }, 30_000);
    // Alerts on services go by their metrics: these must not fall silent with Jaeger.
    await eventually(async () => {
      await once(generate("metrics", "--metrics", "1", "--otlp-metric-name", "meanwhile", "--timeout", "2s"), "exit");
      assert.ok((await exported()).includes("meanwhile"), "no metric gets through");
    }, 60_000);
    assert.equal(load.exitCode, null, "the load has ended");
    load.kill("SIGKILL");
    await once(load, "exit");
    assert.ok(accepted > 10_000, `only ${accepted} spans were kept`);
    assert.match(readFileSync(stack.record("collector").log, "utf8"), /Memory usage is above soft limit/);
  });

  it("recovers when Jaeger is there, and loses nothing that it had accepted", async () => {
    const accepted = await metric("otelcol_receiver_accepted_spans_total");
    await stack.start("jaeger");
    // What failed while Jaeger was away or busy waits up to 30 s before it is tried again, and may fail again.
    await eventually(async () => {
      assert.equal(await metric("otelcol_exporter_sent_spans_total"), accepted);
    }, 150_000);
    // The memory limiter measures the heap, which a garbage collection makes small again: at most every 10 s when it is asked for.
    let attempt = 0;
    await eventually(async () => {
      const refused = await metric("otelcol_receiver_refused_spans_total");
      attempt += 1;
      const args = ["--traces", "50", "--rate", "0", "--service", `afterwards-${attempt}`];
      await once(generate("traces", ...args), "exit");
      assert.equal(await metric("otelcol_receiver_refused_spans_total"), refused, "it still refuses");
    }, 60_000);
    await eventually(async () => {
      const found = await findTraces(stack.urls.jaeger, { service: `afterwards-${attempt}`, limit: 100 });
      assert.equal(found.length, 50);
    }, 30_000);
  });

  it("never took more memory than the container has", function () {
    if (process.platform !== "linux") this.skip();
    const peak = peakMemory(stack.record("collector").pid) ?? 0;
    assert.ok(0 < peak && peak < LIMIT_MIB, `peak ${peak} MiB of ${LIMIT_MIB} MiB`);
    assert.equal(readFileSync(stack.record("collector").log, "utf8").includes("panic"), false);
  });
});

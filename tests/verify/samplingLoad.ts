import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { silentReport } from "../../cli/silentReport.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { peakMemory } from "../../scripts/bench/memory.ts";
import { processorSeconds } from "../../scripts/bench/processFigures.ts";
import { eventually } from "../support/eventually.ts";
import { noteSampling } from "../support/samplingFound.ts";
import { SamplingTiers } from "../support/samplingTiers.ts";

/** What two tiers take for a load, and what the second does with more than it can hold. Only `npm run verify -- sampling` runs it. */

const seconds = 60;
const waitSeconds = 30;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const accepted = "otelcol_receiver_accepted_spans_total";

/** As many attributes as a server span of HTTP has, or one that is larger than most. */
const usual = Array.from({ length: 14 }, (_, index) => `attribute.${index}="${"value ".repeat(5)}"`);
const large = [`payload="${"x".repeat(4096)}"`];

describe("two tiers of collectors under load", function () {
  this.timeout(600_000);
  let generator: string;
  before(async () => {
    generator = (await ensureTools(["telemetrygen"], sandboxPaths(), silentReport)).telemetrygen;
  });

  /** Sends traces of two spans to both gateways, so many spans a second in all. */
  async function load(tiers: SamplingTiers, rate: number, attributes: readonly string[]): Promise<void> {
    const workers = Math.ceil(rate / tiers.endpoints.length / 500);
    await Promise.all(
      tiers.endpoints.map(async (endpoint, index) => {
        const to = ["traces", "--otlp-insecure", "--otlp-endpoint", endpoint, "--service", `load-${index}`];
        const each = rate / tiers.endpoints.length / workers;
        const much = ["--workers", String(workers), "--rate", String(each), "--duration", `${seconds}s`];
        const what = attributes.flatMap((attribute) => ["--telemetry-attributes", attribute]);
        await once(spawn(generator, [...to, ...much, "--allow-export-failures", ...what], { stdio: "ignore" }), "exit");
      }),
    );
  }

  function started(memoryLimit: string, pods: number): SamplingTiers {
    const tiers = new SamplingTiers(
      21860,
      {
        collector: JSON.stringify({ tailSampling: { enabled: true, waitSeconds, memoryLimit } }),
        instrumentation: JSON.stringify({ samplingRatio: 1 }),
      },
      pods,
    );
    before(() => tiers.start());
    after(() => tiers.remove());
    return tiers;
  }

  for (const rate of [1000, 4000]) {
    describe(`of ${rate} spans a second`, () => {
      const tiers = started("1Gi", 2);

      it("brings every span to the second tier", async () => {
        const programs = ["gateway-0", "gateway-1", "sampler-0", "sampler-1"];
        const before = programs.map((name) => processorSeconds(tiers.pid(name)));
        await load(tiers, rate, usual);
        const sent = await tiers.gatewayMetric(accepted);
        await eventually(async () => {
          assert.equal(sum(await tiers.samplerMetric(accepted)), sent);
        }, 60_000);
        const cpu = programs.map((name, index) => processorSeconds(tiers.pid(name)) - (before[index] ?? 0));
        const each = (from: number) => ((((cpu[from] ?? 0) + (cpu[from + 1] ?? 0)) * 1e6) / sent).toFixed(0);
        const memory = ["gateway-0", "gateway-1", "sampler-0", "sampler-1"].map(
          (name) => peakMemory(tiers.pid(name)) ?? 0,
        );
        noteSampling({
          what: `Spans, ${(sent / seconds).toFixed(0)} a second for ${seconds} s, that reach the second tier`,
          ...{ sent, found: sum(await tiers.samplerMetric(accepted)), expected: "all" },
          remark:
            `processor for 1,000 spans: ${each(0)} ms in the first tier, ${each(2)} ms in the second; ` +
            `peak memory of a pod: ${Math.max(...memory.slice(0, 2))} and ${Math.max(...memory.slice(2))} MiB`,
        });
        assert.equal(sum(await tiers.samplerMetric(undecided)), 0);
      });
    });
  }

  const undecided = "otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total";

  describe("of more than it can hold", () => {
    const limit = 256;
    const tiers = started(`${limit}Mi`, 1);

    it("refuses spans before its memory is used up, drops no trace, and gets them later", async () => {
      await load(tiers, 2000, large);
      const refused = sum(await tiers.samplerMetric("otelcol_receiver_refused_spans_total"));
      assert.ok(refused > 0, "nothing was refused");
      const sent = await tiers.gatewayMetric(accepted);
      await eventually(async () => {
        const lost = await tiers.gatewayMetric("otelcol_exporter_send_failed_spans_total");
        assert.ok(sum(await tiers.samplerMetric(accepted)) >= sent && lost === 0);
      }, 300_000);
      const peak = peakMemory(tiers.pid("sampler-0")) ?? 0;
      noteSampling({
        what: `Spans of 4 KB, ${(sent / seconds).toFixed(0)} a second for ${seconds} s, to one pod with ${limit} MiB`,
        ...{ sent, found: Math.min(sent, sum(await tiers.samplerMetric(accepted))), expected: "all, some later" },
        remark: `${refused} were refused at first; peak memory ${peak} MiB`,
      });
      assert.ok(peak < limit, `${peak} MiB`);
      assert.equal(sum(await tiers.samplerMetric(undecided)), 0);
    });
  });
});

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../support/eventually.ts";
import { sendSpans, type SentSpan } from "../support/otlp.ts";
import { noteSampling } from "../support/samplingFound.ts";
import { isVerified } from "../support/verifyResults.ts";
import { SamplingTiers } from "../support/samplingTiers.ts";
import { seededRandom } from "../support/seededRandom.ts";

/** `npm run verify -- sampling` sends more, with the settings' defaults. */
const traces = Number(process.env["SAMPLING_TRACES"] ?? 2000);
const waitSeconds = Number(process.env["SAMPLING_WAIT"] ?? 6);
const keepPercentage = Number(process.env["SAMPLING_KEEP"] ?? 20);
const pods = Number(process.env["SAMPLING_PODS"] ?? 2);
/** Which of the traces are kept follows from their ids: the same seed keeps the same. */
const seed = Number(process.env["SAMPLING_SEED"] ?? 27);

const config = {
  collector: JSON.stringify({ tailSampling: { enabled: true, keepPercentage, waitSeconds } }),
  instrumentation: JSON.stringify({ samplingRatio: 1 }),
};

/** A second for the decisions, which are made once a second, and what the programs and the network take. */
const graceSeconds = 4;
/** Spans of each trace; each is of another service and is sent by itself, to the one gateway or the other. */
const services = ["shop", "orders", "payments"] as const;
/** None of this is or was a secret. */
const secret = "harmless-sample";

type Kind = "failed" | "slow" | "other";

/** A tenth of the traces fails in its last span, and a tenth is slow in its first. */
const kindOf = (trace: number): Kind => (trace % 10 === 0 ? "failed" : trace % 10 === 1 ? "slow" : "other");

describe("tail sampling in two tiers", function () {
  this.timeout(600_000);
  const tiers = new SamplingTiers(21860, config, pods);
  const random = seededRandom(seed);
  const traceId = () =>
    Array.from({ length: 4 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    ).join("");
  const ids = Array.from({ length: traces }, traceId);
  let spansSent = 0;

  const gateway = (number: number) => tiers.gateways[number % tiers.gateways.length] ?? "";
  async function send(where: number, service: string, spans: readonly SentSpan[]): Promise<void> {
    await sendSpans(gateway(where), { "service.name": service }, spans);
    spansSent += spans.length;
  }

  before(async () => {
    await tiers.start();
    // Hundreds in a request, as a collector's SDKs send them.
    for (let from = 0; from < traces; from += 250) {
      const batch = ids.slice(from, from + 250).map((id, index) => ({ id, kind: kindOf(from + index) }));
      for (const [place, service] of services.entries()) {
        await send(
          from / 250 + place,
          service,
          batch.map(({ id, kind }) => ({
            ...{ traceId: id, name: `${kind} ${service}`, kind: place === 0 ? "server" : "client" },
            milliseconds: kind === "slow" && place === 0 ? 1500 : 10,
            failed: kind === "failed" && place === services.length - 1,
            attributes: { authorization: `Bearer ${secret}.0123456789` },
          })),
        );
      }
    }
    await eventually(
      async () => {
        assert.equal(sum(await tiers.samplerMetric(decided)), traces);
      },
      (waitSeconds + 30) * 1000,
    );
    const kept = (await sampled()) * services.length;
    await eventually(() => {
      assert.ok(tiers.sink.spans.length >= kept, `${tiers.sink.spans.length} of ${kept} spans arrived`);
      return Promise.resolve();
    }, 20_000);
  });
  after(() => tiers.remove());

  const decided = "otelcol_processor_tail_sampling_global_count_traces_sampled_total";
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const sampled = async () => sum(await tiers.samplerMetric(`${decided}{decision="sampled",sampled="true"}`));

  it("brings all spans of a trace to the same pod of the second tier", async () => {
    const perPod = await tiers.samplerMetric("otelcol_processor_tail_sampling_new_trace_id_received_total");
    // A trace that came to two pods would be counted by both.
    noteSampling({
      what: "Traces, each counted by the pods that have seen a span of it",
      ...{ sent: traces, found: sum(perPod), expected: "all, once" },
      remark: perPod.map((number) => `${((number / traces) * 100).toFixed(0)} %`).join(", "),
    });
    assert.equal(sum(perPod), traces);
    for (const number of perPod) assert.ok(number > traces / pods / 2, `${number} of ${traces} traces came to one pod`);
    for (const spans of tiers.sink.traces("").values()) {
      assert.equal(new Set(spans.map(({ spanId }) => spanId)).size, services.length, "a trace was kept in part");
      assert.equal(new Set(spans.map(({ sender }) => sender)).size, 1, "a trace was kept by two pods");
    }
  });

  for (const kind of ["failed", "slow"] as const) {
    it(`keeps every trace that was ${kind}`, () => {
      const sent = ids.filter((_, index) => kindOf(index) === kind);
      const kept = tiers.sink.traces(kind);
      noteSampling({ what: `Traces that were ${kind}`, sent: sent.length, found: kept.size, expected: "all" });
      assert.deepEqual([...kept.keys()].sort(), sent.toSorted());
    });
  }

  it("keeps the share of the others that is set, within three standard deviations", () => {
    const others = ids.filter((_, index) => kindOf(index) === "other").length;
    const share = keepPercentage / 100;
    const expected = others * share;
    const deviation = Math.sqrt(others * share * (1 - share));
    const kept = tiers.sink.traces("other").size;
    noteSampling({
      what: `Other traces, of which ${keepPercentage} % are kept`,
      ...{ sent: others, found: kept, expected: `${expected.toFixed(0)} ± ${(3 * deviation).toFixed(0)}` },
      remark: `${(Math.abs(kept - expected) / deviation).toFixed(1)} standard deviations off`,
    });
    assert.ok(Math.abs(kept - expected) <= 3 * deviation, `${kept} of ${others}`);
  });

  it("masks before the second tier holds anything", () => {
    for (const { attributes } of tiers.sink.spans) {
      const text = JSON.stringify(attributes);
      assert.ok(text.includes("[masked]") && !text.includes(secret), text);
    }
  });

  it("loses of a pod that is killed what it held, and nothing else", async () => {
    const { sentAt, killedAt } = await underLoad(async () => {
      await tiers.kill("sampler-1");
      // The kubelet starts the container anew.
      await sleep(2000);
      await tiers.run("sampler-1");
    });
    noteLoss("Failed requests while a pod is killed and starts anew", sentAt, killedAt);
  });

  // The sample that every run has is of the other kind.
  if (isVerified() && tiers.byName) {
    it("loses no more of one that is gone for good: its name's answer is without it", async () => {
      const { sentAt, killedAt } = await underLoad(async () => {
        await tiers.kill("sampler-0");
        tiers.setPods(Array.from({ length: pods - 1 }, (_, pod) => `sampler-${pod + 1}`));
        await sleep(15_000);
      });
      noteLoss("Failed requests while a pod goes for good", sentAt, killedAt);
    });
  }

  it("makes metrics of all spans, whether they are kept or not", async () => {
    await eventually(async () => {
      assert.equal(await tiers.spanMetric("traces_span_metrics_calls_total"), spansSent);
    }, 60_000);
    noteSampling({
      what: "Spans, and requests that span metrics count",
      ...{ sent: spansSent, found: await tiers.spanMetric("traces_span_metrics_calls_total"), expected: "all" },
    });
  });

  /**
   * Sends 200 failed requests a second, each of which is kept unless it is lost, for the time that is waited for decisions, then goes on
   * while something happens and for three seconds more.
   *
   * @returns when each was sent, by its trace, and when it happened
   */
  async function underLoad(happens: () => Promise<void>): Promise<{ sentAt: Map<string, number>; killedAt: number }> {
    const sentAt = new Map<string, number>();
    const end = new AbortController();
    const load = (async () => {
      for (let round = 0; !end.signal.aborted; round += 1) {
        const batch = Array.from({ length: 50 }, traceId);
        for (const id of batch) sentAt.set(id, Date.now());
        const next = sleep(250);
        await send(
          round,
          "shop",
          batch.map((id) => ({ name: "load", kind: "server", failed: true, traceId: id })),
        );
        await next;
      }
    })();
    await sleep((waitSeconds + 1) * 1000);
    const killedAt = Date.now();
    await happens();
    await sleep(3000);
    end.abort();
    await load;
    // What waits in the gateways has gone out, is decided on, and has arrived when nothing comes any more.
    await eventually(async () => {
      assert.equal(await tiers.gatewayMetric("otelcol_exporter_sent_spans_total"), spansSent);
    }, 120_000);
    await sleep((waitSeconds + 1) * 1000);
    for (let before = -1; before !== tiers.sink.spans.length;) {
      before = tiers.sink.spans.length;
      await sleep(3000);
    }
    return { sentAt, killedAt };
  }

  function noteLoss(what: string, sentAt: ReadonlyMap<string, number>, killedAt: number): void {
    const arrived = tiers.sink.traces("load");
    const lost = [...sentAt].filter(([id]) => !arrived.has(id)).map(([, at]) => (at - killedAt) / 1000);
    const [first, last] = [Math.min(...lost), Math.max(...lost)];
    const doubled = [...sentAt.keys()].filter((id) => (arrived.get(id)?.length ?? 0) > 1).length;
    noteSampling({
      ...{ what, sent: sentAt.size, found: sentAt.size - lost.length },
      expected: `all but those of the ${waitSeconds} seconds before that came to it`,
      remark: `lost: ${lost.length}, sent ${(-first).toFixed(1)} to ${(-last).toFixed(1)} s before; ${doubled} came twice`,
    });
    assert.ok(lost.length > 0, "nothing was lost, so nothing was killed");
    assert.ok(first >= -(waitSeconds + graceSeconds), `one was lost that was sent ${-first} s before`);
    assert.ok(last <= 1, `one was lost that was sent ${last} s after`);
  }
});

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { dump } from "js-yaml";
import { parseSettings } from "../../settings/read.ts";
import { serviceRecording } from "../../rules/serviceRecording.ts";
import { series } from "../../rules/serviceSeries.ts";
import { query } from "../../page/figures.ts";
import type { Counted } from "../support/countingProcess.ts";
import { randomSchedule } from "../support/schedule.ts";
import { runSchedule, scheduleNamespace } from "../support/scheduledRun.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { TelemetryStack } from "../support/telemetryStack.ts";
import { deviation, holdBound, noteTruth, type Truth } from "../support/truth.ts";

/** How many there are, and how many of them run at one time. */
const count = Number(process.env["SCHEDULES"] ?? 5);
const TOGETHER = 5;
/** A run is repeated by its first seed. */
const first = Number(process.env["SCHEDULES_SEED"] ?? randomInt(1_000_000) * 1000);

const config = {
  instrumentation: JSON.stringify({ metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};

/** What is recorded of five minutes, of which a run is a part. */
const window = { name: "5m", seconds: 300 };
const recorded = [series.requests(window.name), series.errorRatio(window.name)];

describe(`random schedules, the first of seed ${first}`, function () {
  this.timeout(300_000);
  const stack = new TelemetryStack(21660, config);
  const { collector, prometheus } = stack.urls;
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const failures: Truth[] = [];
  const availabilities: Truth[] = [];

  before(async () => {
    // The stack's own rules, more often.
    const groups = serviceRecording(parseSettings(stackConfig("prod")).slo);
    const group = groups.find(({ rules }) =>
      recorded.every((name) => rules.some((rule) => "record" in rule && rule.record === name)),
    );
    assert.ok(group !== undefined);
    stack.objects.rules["services.yaml"] = dump({ groups: [{ ...group, interval: "2s" }] });
    await stack.start("collector", "prometheus");
  });
  after(() => stack.remove());

  for (let from = 0; from < seeds.length; from += TOGETHER) {
    const some = seeds.slice(from, from + TOGETHER);

    describe(`${some.length} at one time`, () => {
      const sent = new Map<number, Counted>();

      before(async () => {
        await Promise.all(some.map(async (seed) => sent.set(seed, await runSchedule(randomSchedule(seed), collector))));
      });

      for (const seed of some) {
        it(`failures within 5 %, availability within half a point: seed ${seed}`, async () => {
          const { requests, failed } = sent.get(seed) ?? assert.fail();
          assert.ok(failed >= 400, `only ${failed} failed`);
          const said = await settled(seed);
          const share = { sent: availability({ requests, failed }), said: availability(said), bound: 0.5 };
          const failure = { what: `failed requests of ${seed}`, sent: failed, said: said.failed, bound: 5 };
          const available = { what: `availability of ${seed}`, ...share, share: true };
          failures.push(failure);
          availabilities.push(available);
          console.log(
            `        ${failed} of ${requests} failed, ${said.failed.toFixed(1)} of ${said.requests.toFixed(1)} said`,
          );
          holdBound(failure);
          holdBound(available);
        });
      }
    });
  }

  describe("of all of them", () => {
    it("together, and of those that are furthest off", () => {
      const sum = (key: "sent" | "said") => failures.reduce((total, { [key]: value }) => total + value, 0);
      const what = `Failed requests of ${count} random schedules`;
      noteTruth({ what, sent: sum("sent"), said: sum("said"), bound: 5 });
      noteTruth({ ...furthest(failures), what: `${what}, in the one that is furthest off` });
      noteTruth({ ...furthest(availabilities), what: `Availability in the one whose is furthest off` });
    });
  });

  /** What is recorded of a schedule when nothing changes it any more. */
  async function settled(seed: number): Promise<Counted> {
    let last = await recordedOf(seed);
    for (let reads = 0; reads < 10; reads++) {
      await sleep(5000);
      const now = await recordedOf(seed);
      if (now.failed > 0 && now.failed === last.failed && now.requests === last.requests) return now;
      last = now;
    }
    return last;
  }

  /** What the rules say of the five minutes. */
  async function recordedOf(seed: number): Promise<Counted> {
    const of = `{k8s_namespace_name="${scheduleNamespace(seed)}"}`;
    const requests = `${series.requests(window.name)}${of} * ${window.seconds}`;
    const value = async (expression: string) => (await query(prometheus, expression))[0]?.value ?? 0;
    return {
      requests: await value(`sum(${requests})`),
      failed: await value(`sum(${series.errorRatio(window.name)}${of} * ${requests})`),
    };
  }
});

function availability({ requests, failed }: Counted): number {
  return 100 * (1 - failed / requests);
}

function furthest(cases: readonly Truth[]): Truth {
  const [most] = cases.toSorted((a, b) => Math.abs(deviation(b)) - Math.abs(deviation(a)));
  return most ?? assert.fail("no case");
}

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { dump } from "js-yaml";
import { parseSettings } from "../../settings/read.ts";
import { platformRules } from "../../rules/index.ts";
import { query } from "../../page/figures.ts";
import { CollectorPair } from "../support/collectorPair.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import type { Life } from "../support/schedule.ts";
import { runProcess } from "../support/scheduledRun.ts";
import { noteTruth } from "../support/truth.ts";

const config = {
  instrumentation: JSON.stringify({ metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};

/** Seconds of the run. */
const SECONDS = 90;

/** A process of a service, and how it meets the two collectors. */
interface Placed extends Life {
  readonly pod: string;
  /** Its first collector, or both in turns. */
  readonly sendsTo: 0 | 1 | "both";
  /** Milliseconds by which its clock is wrong. @default 0 */
  readonly clock?: number;
}

const whole = { from: 0, to: SECONDS, end: "SIGTERM" } as const;

/** By what happens to them. The first collector is restarted after 30 s, the second after 50 s, Prometheus after 65 s. */
const services: Readonly<Record<string, readonly Placed[]>> = {
  "when it moves to the other collector as its own restarts": [{ ...whole, pod: "a", sendsTo: 0 }],
  "of two pods, each with a collector of its own": [
    { ...whole, pod: "a", sendsTo: 0 },
    { ...whole, pod: "b", sendsTo: 1 },
  ],
  "when every export goes to the other collector": [{ ...whole, pod: "a", sendsTo: "both" }],
  "when it is scaled to zero and back": [
    { from: 0, to: 40, end: "SIGTERM", pod: "a", sendsTo: 0 },
    { from: 48, to: SECONDS, end: "SIGTERM", pod: "b", sendsTo: 1 },
  ],
  "when a pod takes another's place under load": [
    { from: 0, to: 45, end: "SIGTERM", pod: "a", sendsTo: 1 },
    { from: 42, to: SECONDS, end: "SIGTERM", pod: "b", sendsTo: 0 },
  ],
  "when its process is killed, and another begins in its place": [
    { from: 0, to: 43, end: "SIGKILL", pod: "a", sendsTo: 0 },
    { from: 44, to: SECONDS, end: "SIGTERM", pod: "a", sendsTo: 0 },
  ],
  "when its clock is 30 s behind, and its collector restarts": [{ ...whole, pod: "a", sendsTo: 1, clock: -30_000 }],
  "when its clock is 30 s ahead, and its collector restarts": [{ ...whole, pod: "a", sendsTo: 1, clock: 30_000 }],
  "of four workers of one pod, which have one identity": [0, 1, 2, 3].map(() => ({ ...whole, pod: "a", sendsTo: 0 })),
};

/** What it sends is left out, and nothing else of what is sent beside it. */
const lost: Placed = { ...whole, pod: "lost", sendsTo: 0, clock: -7_200_000 };

const counterOf = (service: string) => `http_server_request_duration_seconds_count{service_name="${service}"}`;

describe("requests over restarts, with two collectors", function () {
  this.timeout(300_000);
  const objects = stackObjects(config);
  const pair = new CollectorPair(21680, objects);
  const sent = new Map<string, number>();
  const value = async (expression: string) => (await query(pair.prometheus, expression))[0]?.value ?? 0;

  before(async () => {
    // The stack's own rules of services, more often.
    const groups = platformRules(parseSettings(config)).services.map((group) => ({ ...group, interval: "5s" }));
    objects.rules["services.yaml"] = dump({ groups });
    await pair.start();
    const began = Date.now();
    const at = (second: number) => sleep(Math.max(0, began + second * 1000 - Date.now()));
    const runs = Object.values(services).flatMap((processes, index) =>
      processes.map(async (placed, life) => {
        await at(placed.from);
        const { requests } = await runProcess(processOf(`service-${index}`, placed, 100 * index + life), {
          end: placed.end,
          until: at(placed.to),
        });
        sent.set(`service-${index}`, (sent.get(`service-${index}`) ?? 0) + requests);
      }),
    );
    runs.push(
      runProcess(processOf("lost", lost, 1), { end: lost.end, until: at(lost.to) }).then(({ requests }) => {
        assert.ok(requests > 0);
      }),
    );
    for (const [second, name] of [
      [30, "collector-0"],
      [50, "collector-1"],
      [65, "prometheus"],
    ] as const) {
      await at(second);
      await pair.restart(name, () => sleep(2000));
    }
    await Promise.all(runs);
    // The last export is scraped.
    await sleep(5000);
  });
  after(() => pair.remove());

  for (const [index, [what, processes]] of Object.entries(services).entries()) {
    it(`are counted once ${what}`, async () => {
      const service = `service-${index}`;
      // Samples of a clock that is ahead are of a time that is yet to come.
      await sleep(Math.max(...processes.map(({ clock = 0 }) => clock), 0));
      const said = await value(`sum(increase(${counterOf(service)}[10m]))`);
      noteTruth({ what: `Requests ${what}, by increase`, sent: sent.get(service) ?? assert.fail(), said, bound: 2 });
    });
  }

  it("are left out when a clock is two hours behind", async () => {
    assert.equal(await value(`count(${counterOf("lost")})`), 0);
  });

  it("are told of by no alert, not even by one that waits", async () => {
    assert.ok((await value('count(service:http_server_requests:rate5m{service_name=~"service-.*"})')) > 0);
    assert.deepEqual(await query(pair.prometheus, 'count_over_time(ALERTS{service_name!=""}[10m])'), []);
  });

  function processOf(service: string, { pod, sendsTo, clock = 0 }: Placed, seed: number) {
    const name = `${service}-${pod}`;
    const ofCluster = {
      ...{ "k8s.namespace.name": "shop", "k8s.deployment.name": service, "k8s.pod.name": name },
    };
    const [first = "", second = ""] = pair.collectors;
    return {
      collectors: sendsTo === 1 ? [second, first] : [first, second],
      inTurns: sendsTo === "both",
      resource: { "service.name": service, "service.instance.id": name, ...ofCluster },
      ...{ perSecond: 20, failing: 0, seed, clock },
    };
  }
});

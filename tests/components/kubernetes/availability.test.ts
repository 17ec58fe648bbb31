import assert from "node:assert/strict";
import { disruptionBudget, leastReplicas, spread } from "../../../components/kubernetes/availability.ts";
import { allWorkloads } from "../../../components/network/workloads.ts";
import { parseSettings } from "../../../settings/read.ts";
import type { ProgramRun } from "../../../review/program/program.ts";
import { registering, stackRun, stacks } from "../../../review/program/runs.ts";
import { stackConfig } from "../../../review/program/stackConfig.ts";

const pods = { app: "x" };
const budgets = ({ registered }: ProgramRun) =>
  registered.filter(({ inputs }) => inputs["kind"] === "PodDisruptionBudget").map(({ inputs }) => inputs);

describe("spread", () => {
  it("puts pods on other nodes and zones where there are any, and asks nothing of a single one", () => {
    const { topologySpreadConstraints = [] } = spread({ pods, replicas: 2 });
    assert.deepEqual(
      topologySpreadConstraints.map(({ topologyKey, whenUnsatisfiable }) => [topologyKey, whenUnsatisfiable]),
      [
        ["kubernetes.io/hostname", "ScheduleAnyway"],
        ["topology.kubernetes.io/zone", "ScheduleAnyway"],
      ],
    );
    assert.deepEqual(spread({ pods, replicas: 1 }), {});
  });
});

describe("leastReplicas", () => {
  it("reads a number and the limits of an autoscaler", () => {
    assert.deepEqual([leastReplicas(3), leastReplicas({ minReplicas: 2 })], [3, 2]);
  });
});

describe("disruptionBudget", () => {
  const args = { name: "x", namespace: "team", pods };

  it("lets one pod go at a time", async () => {
    const [budget] = budgets(
      await registering(() => {
        disruptionBudget("x", { ...args, replicas: 2 }, {});
      }),
    );
    assert.deepEqual(budget?.["spec"], { maxUnavailable: 1, selector: { matchLabels: pods } });
  });

  it("is none for a single pod", async () => {
    assert.deepEqual(
      budgets(
        await registering(() => {
          disruptionBudget("x", { ...args, replicas: 1 }, {});
        }),
      ),
      [],
    );
  });

  for (const stack of stacks) {
    it(`is there for everything with more than one pod: ${stack}`, async () => {
      const { prometheus, alertmanager, collector, grafana, sampleApi } = parseSettings(stackConfig(stack));
      const run = await stackRun(stack);
      const found = budgets(run).map(
        ({ spec }) => (spec as { selector: { matchLabels: unknown } }).selector.matchLabels,
      );
      const replicated = Object.entries({ prometheus, alertmanager, grafana, sampleApi }).filter(
        ([, { replicas }]) => replicas > 1,
      );
      assert.deepEqual(new Set(found), new Set(replicated.map(([name]) => allWorkloads[name as "prometheus"].labels)));
      // The operator makes that of the collector.
      const own = run.registered.find(({ name }) => name === "OpenTelemetryCollector-otel")?.inputs["spec"];
      assert.equal("podDisruptionBudget" in (own as object), collector.replicas > 1);
    });
  }
});

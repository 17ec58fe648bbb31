import assert from "node:assert/strict";
import { releaseType } from "../../components/operators/releaseDescription.ts";
import type { ProgramRun } from "../../review/program/program.ts";
import { programRun, stackRun } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { podCosts } from "../support/podCosts.ts";
import { stackPods } from "../support/stackPods.ts";

/** Of releases, what the program gives Helm, in any order: the pods in them are not the program's. */
const releases = ({ registered }: ProgramRun) =>
  new Map(registered.filter(({ type }) => type === releaseType).map(({ name, inputs }) => [name, inputs]));

describe("what logs and metrics of the cluster add to dev", () => {
  let withBoth: ProgramRun;
  let without: ProgramRun;

  before(async () => {
    const config = stackConfig("dev");
    const parts = JSON.parse(config["parts"] ?? "{}") as Record<string, boolean>;
    const off = JSON.stringify({ ...parts, logs: false, clusterMetrics: false });
    withBoth = await stackRun("dev");
    without = await programRun({ ...config, parts: off }, "dev");
  });

  const added = () => {
    const known = new Set(stackPods(without, []).map(({ namespace, name }) => `${namespace}/${name}`));
    return stackPods(withBoth, []).filter(({ namespace, name }) => !known.has(`${namespace}/${name}`));
  };

  it("are three pods, and nothing in any release", () => {
    assert.deepEqual(
      added()
        .map(({ namespace, name }) => `${namespace}/${name}`)
        .sort(),
      ["observability-node-agents/logs", "observability/kube-state-metrics", "observability/victoria-logs"],
    );
    assert.deepEqual(releases(withBoth), releases(without));
  });

  it("are at most 250m of processors and 500 MiB on its one node", () => {
    const all = podCosts(stackPods(withBoth, []));
    const before = podCosts(stackPods(without, []));
    const [cpu, memory] = [all.cpu - before.cpu, all.memory - before.memory];
    const { cpu: addedCpu, memory: addedMemory } = podCosts(added());
    assert.deepEqual([addedCpu, addedMemory], [cpu, memory], "no other pod asks for more because of them");
    assert.ok(cpu > 0 && cpu <= 250, `${cpu}m`);
    assert.ok(memory > 0 && memory <= 500, `${memory}Mi`);
  });
});

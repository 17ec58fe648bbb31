import assert from "node:assert/strict";
import { releaseType } from "../../components/operators/releaseDescription.ts";
import { mebibytes } from "../../settings/quantities.ts";
import type { ProgramRun } from "../../review/program/program.ts";
import { programRun, stackRun } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { type PodContainer, type StackPod, stackPods } from "../support/stackPods.ts";

/** What pods ask for: millicores and MiB. */
interface Requests {
  readonly cpu: number;
  readonly memory: number;
}

function requestOf({ name, resources }: PodContainer): Requests {
  const { cpu = "", memory = "" } = resources?.requests ?? {};
  const millicores = /^(\d+)m$/.exec(cpu)?.[1];
  assert.ok(millicores !== undefined && !Number.isNaN(mebibytes(memory)), `${name} asks for "${cpu}" and "${memory}"`);
  return { cpu: Number(millicores), memory: mebibytes(memory) };
}

const sum = (requests: readonly Requests[]): Requests => ({
  cpu: requests.reduce((all, { cpu }) => all + cpu, 0),
  memory: requests.reduce((all, { memory }) => all + memory, 0),
});

/** As the scheduler counts a pod: what comes before its containers is done when they start. */
function podRequest({ spec: { containers, initContainers = [] } }: StackPod): Requests {
  const all = sum(containers.map(requestOf));
  const first = initContainers.map(requestOf);
  return {
    cpu: Math.max(all.cpu, ...first.map(({ cpu }) => cpu)),
    memory: Math.max(all.memory, ...first.map(({ memory }) => memory)),
  };
}

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
    const all = sum(stackPods(withBoth, []).map(podRequest));
    const before = sum(stackPods(without, []).map(podRequest));
    const [cpu, memory] = [all.cpu - before.cpu, all.memory - before.memory];
    assert.deepEqual(sum(added().map(podRequest)), { cpu, memory }, "no other pod asks for more because of them");
    assert.ok(cpu > 0 && cpu <= 250, `${cpu}m`);
    assert.ok(memory > 0 && memory <= 500, `${memory}Mi`);
  });
});

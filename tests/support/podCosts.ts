import assert from "node:assert/strict";
import { mebibytes } from "../../settings/quantities.ts";
import type { PodContainer, StackPod } from "./stackPods.ts";

/** What pods ask the cluster for. */
export interface PodCosts {
  readonly pods: number;
  /** Requests of processors, in millicores. */
  readonly cpu: number;
  /** Requests of memory, in MiB. */
  readonly memory: number;
  /** Limits of memory, in MiB. */
  readonly memoryLimit: number;
  /** Claims of volumes, in GiB. */
  readonly volumes: number;
}

type ContainerCosts = Pick<PodCosts, "cpu" | "memory" | "memoryLimit">;

/** @throws when it asks for nothing, or in another unit than the stack's */
function containerCosts({ name, resources }: PodContainer): ContainerCosts {
  const { cpu = "", memory = "" } = resources?.requests ?? {};
  const limit = resources?.limits?.["memory"] ?? "";
  const millicores = /^(\d+)m$/.exec(cpu)?.[1];
  assert.ok(
    millicores !== undefined && !Number.isNaN(mebibytes(memory)) && !Number.isNaN(mebibytes(limit)),
    `${name} asks for "${cpu}" and "${memory}", with the limit "${limit}"`,
  );
  return { cpu: Number(millicores), memory: mebibytes(memory), memoryLimit: mebibytes(limit) };
}

function together(costs: readonly ContainerCosts[], join: (...numbers: number[]) => number): ContainerCosts {
  const of = (key: keyof ContainerCosts) => join(0, ...costs.map((each) => each[key]));
  return { cpu: of("cpu"), memory: of("memory"), memoryLimit: of("memoryLimit") };
}

const total = (...numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

/** Of one pod, as the scheduler counts it: what comes before its containers is done when they start. */
function onePod({ spec: { containers, initContainers = [] } }: StackPod): ContainerCosts {
  const all = together(containers.map(containerCosts), total);
  return together([all, ...initContainers.map(containerCosts)], Math.max);
}

/**
 * The sum over all pods that stay; those of each node count as on one node.
 *
 * @param pods as `stackPods` finds them
 */
export function podCosts(pods: readonly StackPod[]): PodCosts {
  const costs = pods.map((pod): PodCosts => {
    const count = pod.replicas === "until done" ? 0 : pod.replicas === "each node" ? 1 : pod.replicas;
    const { cpu, memory, memoryLimit } = onePod(pod);
    const volumes = total(...pod.claims.map(mebibytes)) / 1024;
    return {
      pods: count,
      cpu: cpu * count,
      memory: memory * count,
      memoryLimit: memoryLimit * count,
      volumes: volumes * count,
    };
  });
  const of = (key: keyof PodCosts) => total(...costs.map((each) => each[key]));
  return {
    pods: of("pods"),
    cpu: of("cpu"),
    memory: of("memory"),
    memoryLimit: of("memoryLimit"),
    volumes: of("volumes"),
  };
}

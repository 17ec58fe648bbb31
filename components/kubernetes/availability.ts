import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { TopologySpreadConstraint } from "../customResources/common.ts";
import { labels } from "../../catalog/labels.ts";

/** Pods of one workload. */
export interface ReplicatedPods {
  /** Of the workload. */
  readonly name: string;
  readonly namespace: string;
  /** Labels that find its pods, and no others. */
  readonly pods: Readonly<Record<string, string>>;
  /** How many there are at least. */
  readonly replicas: number;
}

/** How many pods there are at least, by a number or an autoscaler. */
export function leastReplicas(replicas: number | { readonly minReplicas: number }): number {
  return typeof replicas === "number" ? replicas : replicas.minReplicas;
}

/** Puts pods on other nodes and zones where there are any; none for a single pod. A pod without another place still starts. */
export function spread({ pods, replicas }: Pick<ReplicatedPods, "pods" | "replicas">): {
  topologySpreadConstraints?: TopologySpreadConstraint[];
} {
  if (replicas < 2) return {};
  const constraint = (topologyKey: string): TopologySpreadConstraint => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { ...pods } },
  });
  return {
    topologySpreadConstraints: [constraint("kubernetes.io/hostname"), constraint("topology.kubernetes.io/zone")],
  };
}

/**
 * Registers a PodDisruptionBudget: who drains nodes takes one pod after the other. None for a single pod, which would hold up the drain or
 * go all the same.
 */
export function disruptionBudget(
  logicalName: string,
  { name, namespace, pods, replicas }: ReplicatedPods,
  opts: pulumi.CustomResourceOptions,
): void {
  if (replicas < 2) return;
  new kubernetes.policy.v1.PodDisruptionBudget(
    logicalName,
    {
      metadata: { name, namespace, labels: labels({ name, component: "disruption-budget" }) },
      spec: { maxUnavailable: 1, selector: { matchLabels: { ...pods } } },
    },
    opts,
  );
}

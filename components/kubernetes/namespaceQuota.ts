import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import { skipAwait } from "./skipAwait.ts";

/** What all pods of a namespace may have together; "" and 0 are no bound. */
export interface NamespaceQuota {
  /** Processors that they request, such as `4` or `500m`. */
  readonly cpu: string;
  /** The sum of their memory limits, such as `8Gi`. */
  readonly memory: string;
  readonly pods: number;
}

/**
 * `limits` of the LimitRange: what a container gets that says nothing of what the quota counts, which would refuse its pod. Of what
 * it does not count a container keeps its silence.
 */
export function containerDefaults({ cpu, memory }: NamespaceQuota) {
  if (cpu === "" && memory === "") return [];
  return [
    {
      type: "Container",
      ...(cpu === "" ? {} : { defaultRequest: { cpu: "50m" } }),
      ...(memory === "" ? {} : { default: { memory: "256Mi" } }),
    },
  ];
}

/** `hard` of the ResourceQuota; empty where nothing is bound. */
export function quotaBounds({ cpu, memory, pods }: NamespaceQuota): Record<string, string> {
  return {
    ...(cpu === "" ? {} : { "requests.cpu": cpu }),
    ...(memory === "" ? {} : { "limits.memory": memory }),
    ...(pods === 0 ? {} : { pods: String(pods) }),
  };
}

/** Registers a ResourceQuota for a namespace, and a LimitRange where pods need one; nothing where nothing is bound. */
export function namespaceQuota(namespace: string, quota: NamespaceQuota, opts: pulumi.CustomResourceOptions): void {
  const hard = quotaBounds(quota);
  if (Object.keys(hard).length === 0) return;
  const metadata = { name: namespace, namespace, labels: labels({ name: namespace, component: "quota" }) };
  const limits = containerDefaults(quota);
  if (limits.length > 0) new kubernetes.core.v1.LimitRange(namespace, { metadata, spec: { limits } }, opts);
  new kubernetes.core.v1.ResourceQuota(
    namespace,
    // Its use is counted later.
    { metadata: { ...metadata, annotations: skipAwait }, spec: { hard } },
    opts,
  );
}

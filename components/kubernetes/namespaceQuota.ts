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

/** What a container gets that says nothing: a quota refuses pods that say nothing of what it counts. */
const defaults = { request: { cpu: "50m", memory: "64Mi" }, limit: { memory: "256Mi" } } as const;

/** `hard` of the ResourceQuota; empty where nothing is bound. */
export function quotaBounds({ cpu, memory, pods }: NamespaceQuota): Record<string, string> {
  return {
    ...(cpu === "" ? {} : { "requests.cpu": cpu }),
    ...(memory === "" ? {} : { "limits.memory": memory }),
    ...(pods === 0 ? {} : { pods: String(pods) }),
  };
}

/** Registers a ResourceQuota and a LimitRange for a namespace; nothing where nothing is bound. */
export function namespaceQuota(namespace: string, quota: NamespaceQuota, opts: pulumi.CustomResourceOptions): void {
  const hard = quotaBounds(quota);
  if (Object.keys(hard).length === 0) return;
  const metadata = { name: namespace, namespace, labels: labels({ name: namespace, component: "quota" }) };
  new kubernetes.core.v1.LimitRange(
    namespace,
    {
      metadata,
      spec: { limits: [{ type: "Container", defaultRequest: defaults.request, default: defaults.limit }] },
    },
    opts,
  );
  new kubernetes.core.v1.ResourceQuota(
    namespace,
    // Its use is counted later.
    { metadata: { ...metadata, annotations: skipAwait }, spec: { hard } },
    opts,
  );
}

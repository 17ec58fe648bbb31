import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import { type NamespaceQuota, namespaceQuota } from "./namespaceQuota.ts";
import { type PodSecurityLevel, podSecurityLabels } from "./podSecurity.ts";

/**
 * Registers a namespace that the stack owns, with a fixed name: Helm needs it before the release and leaves its own behind.
 *
 * @param name name of the namespace
 * @param opts its parent, and what must be there first
 * @param level what the API server lets its pods do; the injection of Go needs `privileged`
 * @param quota what all of its pods may have together
 */
export function ownNamespace(
  name: string,
  opts: pulumi.CustomResourceOptions,
  level: PodSecurityLevel = "restricted",
  quota: NamespaceQuota = { cpu: "", memory: "", pods: 0 },
): kubernetes.core.v1.Namespace {
  const namespace = new kubernetes.core.v1.Namespace(
    name,
    { metadata: { name, labels: { ...labels({ name, component: "namespace" }), ...podSecurityLabels(level) } } },
    opts,
  );
  const { parent, provider } = opts;
  namespaceQuota(name, quota, {
    ...(parent ? { parent } : {}),
    ...(provider ? { provider } : {}),
    dependsOn: namespace,
  });
  return namespace;
}

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import type { Settings } from "../../settings/read.ts";
import { networkPolicies } from "./policies.ts";

/** The NetworkPolicies of the stack's namespaces. */
export class NetworkPolicies extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:network:NetworkPolicies", name, {}, opts);
    for (const { name: policy, namespace, spec } of networkPolicies(settings)) {
      new kubernetes.networking.v1.NetworkPolicy(
        `${namespace}-${policy}`,
        { metadata: { name: policy, namespace, labels: labels({ name: policy, component: "network-policy" }) }, spec },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

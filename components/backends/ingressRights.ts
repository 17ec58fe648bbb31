import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { versions } from "../../catalog/versions.ts";

const name = `${resources.prometheus}-ingresses`;

/**
 * Lets Prometheus find the Ingresses of some namespaces. Only a Probe or ScrapeConfig takes its targets from them, and of these only
 * the trusted namespaces' are read.
 *
 * @param trusted names of namespaces that exist
 */
export function ingressRights(trusted: readonly string[], opts: pulumi.CustomResourceOptions): void {
  const ownLabels = labels({ name: resources.prometheus, component: "backend", version: versions.prometheus });
  for (const namespace of trusted) {
    const metadata = { name, namespace, labels: ownLabels };
    const role = new kubernetes.rbac.v1.Role(
      `${namespace}-${name}`,
      {
        metadata,
        rules: [{ apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] }],
      },
      opts,
    );
    new kubernetes.rbac.v1.RoleBinding(
      `${namespace}-${name}`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
        subjects: [{ kind: "ServiceAccount", name: resources.prometheus, namespace: namespaces.observability }],
      },
      { ...opts, dependsOn: role },
    );
  }
}

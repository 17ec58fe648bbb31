import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { namespaces } from "../../catalog/names.ts";

/** Whose account it is, and what its pods may do in the whole cluster. */
export interface ClusterAccountArgs {
  readonly name: string;
  /** Namespace of the account. @default the stack's own */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the rights, which are the same or name a version as well. */
  readonly roleLabels: Readonly<Record<string, string>>;
  readonly rules: kubernetes.types.input.rbac.v1.PolicyRule[];
}

/** An account with rights in the whole cluster. */
export function clusterAccount(
  { name, namespace = namespaces.observability, labels, roleLabels, rules }: ClusterAccountArgs,
  opts: pulumi.CustomResourceOptions,
): { account: kubernetes.core.v1.ServiceAccount; binding: kubernetes.rbac.v1.ClusterRoleBinding } {
  // A cluster-wide name says whose role it is.
  const clusterName = `${namespace}-${name}`;
  const metadata = { name: clusterName, labels: roleLabels };
  const account = new kubernetes.core.v1.ServiceAccount(name, { metadata: { name, namespace, labels } }, opts);
  const role = new kubernetes.rbac.v1.ClusterRole(clusterName, { metadata, rules }, opts);
  const binding = new kubernetes.rbac.v1.ClusterRoleBinding(
    clusterName,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterName },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
    { ...opts, dependsOn: [account, role] },
  );
  return { account, binding };
}

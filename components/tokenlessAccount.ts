import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Name, namespace and labels of an account. */
export interface TokenlessAccountArgs {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * An account for pods that ask the cluster's API for nothing: none of them gets a token of it. The OpenTelemetry and Jaeger operators have
 * no field for that in a pod, and the accounts that they make themselves give a token.
 */
export function tokenlessAccount(
  { name, namespace, labels }: TokenlessAccountArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.core.v1.ServiceAccount {
  return new kubernetes.core.v1.ServiceAccount(
    name,
    { metadata: { name, namespace, labels }, automountServiceAccountToken: false },
    opts,
  );
}

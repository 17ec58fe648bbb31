import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";

/** Whose account it is, and where. */
export interface TokenlessAccountArgs {
  readonly name: string;
  readonly namespace: string;
  /** What its pods are in the stack, as in `labels`. */
  readonly component: string;
}

/**
 * An account for pods that ask the cluster's API for nothing: none of them gets a token of it. The OpenTelemetry and Jaeger operators have
 * no field for that in a pod, and the accounts that they make themselves give a token.
 */
export function tokenlessAccount(
  { name, namespace, component }: TokenlessAccountArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.core.v1.ServiceAccount {
  return new kubernetes.core.v1.ServiceAccount(
    name,
    // Without a version: a new image changes no rights.
    { metadata: { name, namespace, labels: labels({ name, component }) }, automountServiceAccountToken: false },
    opts,
  );
}

import { namespaces } from "./names.ts";
import type { Settings } from "../settings/read.ts";

/**
 * The namespaces whose objects may reach the whole platform: where the platform's own objects are, and those that the settings
 * add.
 */
export function trustedNamespaces({ trustedNamespaces: added }: Settings["tenancy"]): string[] {
  return [...new Set([namespaces.observability, ...added])];
}

/** Selects these namespaces by the label that Kubernetes itself puts on each. */
export function onlyNamespaces(names: readonly string[]) {
  return { matchExpressions: [namespaceName("In", names)] };
}

/** Selects all namespaces but these. */
export function exceptNamespaces(names: readonly string[]) {
  return { matchExpressions: [namespaceName("NotIn", names)] };
}

/** The label that Kubernetes itself gives every namespace. */
export const namespaceLabel = "kubernetes.io/metadata.name";

function namespaceName<Operator extends "In" | "NotIn">(operator: Operator, names: readonly string[]) {
  return { key: namespaceLabel, operator, values: [...names] };
}

import type { LabelSelector } from "../customResources/common.ts";

/** The label by which data sources, folders and dashboards find the stack's Grafana. */
export const instanceLabels = { dashboards: "grafana" } as const;

/**
 * The label of the Secrets that Grafana's pod refers to. Its operator watches no others (5.24: `ENFORCE_CACHE_LABELS` is `safe`): without it
 * Grafana goes on with the old password, while the operator logs in with the new one.
 */
export const watchedByOperator = { "app.kubernetes.io/managed-by": "grafana-operator" } as const;

/** Which Grafanas take an object, by the labels and the setting `grafana.allowCrossNamespaceImport`. */
export function grafanaInstance(allowCrossNamespaceImport: boolean): {
  instanceSelector: LabelSelector;
  allowCrossNamespaceImport: boolean;
} {
  return { instanceSelector: { matchLabels: instanceLabels }, allowCrossNamespaceImport };
}

/**
 * The operator takes no object back from other namespaces while it is there, and gives none another uid: it has to be made anew for
 * that. The name stays, so the old one has to go first: deleted after the new one was applied, it would take that one with it.
 */
export const recreatedOnChange = {
  replaceOnChanges: ["spec.allowCrossNamespaceImport", "spec.uid"],
  deleteBeforeReplace: true,
};

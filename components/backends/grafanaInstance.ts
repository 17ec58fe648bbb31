import type { LabelSelector } from "../customResources/common.ts";

/** The label by which data sources, folders and dashboards find the stack's Grafana. */
export const instanceLabels = { dashboards: "grafana" } as const;

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

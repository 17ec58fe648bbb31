import { jobs, kubeletNamespace, namespaces } from "../catalog/names.ts";
import { platformJob } from "./platformJob.ts";
import { alert, type RuleGroup } from "./rule.ts";

const { observability } = namespaces;

/** What says nothing of a namespace has that of who scraped it: a team's own target could say anything of nodes. */
const ofState = platformJob(jobs.kubeStateMetrics);

const ofKubelets = platformJob(jobs.kubelet, kubeletNamespace);
const available = `kubelet_volume_stats_available_bytes{${ofKubelets}}`;
const capacity = `kubelet_volume_stats_capacity_bytes{${ofKubelets}}`;

/** What must always be there while metrics of the cluster come, by what brings it. */
const always = {
  "kube-state-metrics": `kube_pod_owner{namespace="${observability}"}`,
  kubelet: "container_cpu_usage_seconds_total",
} as const;

/** Alerts about what pods run on, and about the metrics that say so. */
export function nodeAlerts(): RuleGroup {
  return {
    name: "nodes",
    interval: "2m",
    rules: [
      alert({
        name: "NodeNotReady",
        severity: "warning",
        expr: `max by (node) (kube_node_status_condition{${ofState},condition="Ready",status="true"}) == 0`,
        // A node that is started anew.
        for: "10m",
        labels: { namespace: observability },
        summary: "Node {{ $labels.node }} is not ready",
        description: "Node {{ $labels.node }} has not been ready for ten minutes: its pods are started elsewhere",
      }),
      alert({
        name: "VolumeFilling",
        severity: "critical",
        // Half of it is free: it was filled once, for instance with what is restored.
        expr: `predict_linear(${available}[1h], 4 * 3600) < 0 and ${available} / ${capacity} < 0.5`,
        for: "15m",
        labels: { namespace: "{{ $labels.exported_namespace }}" },
        summary: "Volume {{ $labels.persistentvolumeclaim }} will be full in four hours",
        description:
          "Volume {{ $labels.persistentvolumeclaim }} in namespace {{ $labels.exported_namespace }} fills so fast that it is full " +
          "within four hours",
      }),
      alert({
        name: "ClusterMetricsMissing",
        severity: "warning",
        expr: Object.entries(always)
          .map(([source, series]) => `label_replace(absent(${series}), "source", "${source}", "", "")`)
          .join(" or "),
        for: "15m",
        labels: { namespace: observability },
        summary: "{{ $labels.source }} says nothing of the cluster",
        description: "There is no metric of pods from {{ $labels.source }}: no alert says when they crash or wait",
      }),
    ],
  };
}

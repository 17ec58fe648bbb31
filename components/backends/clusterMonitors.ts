import { cadvisorSeries, resourceSeries, unreadPhases } from "../../catalog/clusterSeries.ts";
import type { MetricRelabeling, MonitorEndpoint } from "../customResources/monitors.ts";
import { selectorLabels } from "../../catalog/labels.ts";
import { jobs, kubeletNamespace, resources } from "../../catalog/names.ts";
import { ofOwnNamespace, secured, type Target } from "./monitorTarget.ts";

/** Keeps series by their names, and drops all others. */
const keep = (names: readonly string[]): MetricRelabeling => ({
  sourceLabels: ["__name__"],
  regex: names.join("|"),
  action: "keep",
});

/**
 * The kubelets: the room on volumes, and what containers and nodes use. The Prometheus operator keeps this Service. Another's has a name of
 * its own, but the same label.
 */
export function kubelets(verification: Pick<MonitorEndpoint, "tlsConfig">, withUse: boolean): Target {
  const endpoint = { port: "https-metrics", ...secured, ...verification } satisfies MonitorEndpoint;
  // Each path of a kubelet is a target of its own, and `up` of one must not stand for another's.
  const use = (path: string, ...metricRelabelings: MetricRelabeling[]): MonitorEndpoint => ({
    ...endpoint,
    path,
    // The namespace and pod of a container, not of the kubelet.
    honorLabels: true,
    trackTimestampsStaleness: true,
    relabelings: [
      { sourceLabels: ["__metrics_path__"], targetLabel: "metrics_path" },
      { regex: "service|endpoint", action: "labeldrop" },
    ],
    metricRelabelings,
  });
  return {
    namespace: kubeletNamespace,
    matchLabels: { "app.kubernetes.io/name": jobs.kubelet },
    jobLabel: "app.kubernetes.io/name",
    endpoints: [
      { ...endpoint, metricRelabelings: [keep(["kubelet_volume_stats_(available|capacity)_bytes"])] },
      ...(withUse
        ? [
            use("/metrics/resource", keep(resourceSeries)),
            use(
              "/metrics/cadvisor",
              keep(cadvisorSeries),
              // The group of a whole pod, which says the sum of its containers.
              { sourceLabels: ["container"], regex: "^$", action: "drop" },
              { regex: "image|name", action: "labeldrop" },
            ),
          ]
        : []),
    ],
  };
}

/** kube-state-metrics. No label says which pod of it spoke: a series goes on when that is made anew. */
export const clusterState: Target = {
  ...ofOwnNamespace(selectorLabels({ name: resources.kubeStateMetrics }), "http-metrics"),
  endpoints: [
    {
      port: "http-metrics",
      // The namespace and pod that a series is about: a message goes to those whose pod it is.
      honorLabels: true,
      relabelings: [
        { regex: "pod|container|service|endpoint", action: "labeldrop" },
        { targetLabel: "instance", replacement: resources.kubeStateMetrics },
      ],
      metricRelabelings: [
        {
          sourceLabels: ["__name__", "phase"],
          regex: `kube_pod_status_phase;(${unreadPhases.join("|")})`,
          action: "drop",
        },
        { regex: "uid", action: "labeldrop" },
      ],
    },
  ],
};

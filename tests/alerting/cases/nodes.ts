import { type AlertCases, constant, type ExpectedAlert } from "./alertCase.ts";

const ready = (node: string, status = "true", namespace = "observability") =>
  `kube_node_status_condition{namespace="${namespace}",job="kube-state-metrics",node="${node}",condition="Ready",status="${status}"}`;

const notReady: ExpectedAlert = {
  labels: { severity: "warning", namespace: "observability", node: "two" },
  summary: "Node two is not ready",
  description: "Node two has not been ready for ten minutes: its pods are started elsewhere",
};

const volume = (metric: "available" | "capacity", claim: string, namespace = "kube-system") =>
  `kubelet_volume_stats_${metric}_bytes{namespace="${namespace}",job="kubelet",exported_namespace="shop",persistentvolumeclaim="${claim}"}`;

const filling = (claim: string): ExpectedAlert => ({
  labels: {
    ...{ severity: "critical", namespace: "shop", job: "kubelet" },
    ...{ exported_namespace: "shop", persistentvolumeclaim: claim },
  },
  summary: `Volume ${claim} will be full in four hours`,
  description: `Volume ${claim} in namespace shop fills so fast that it is full within four hours`,
});

const missing = (source: string): ExpectedAlert => ({
  labels: { severity: "warning", namespace: "observability", source },
  summary: `${source} says nothing of the cluster`,
  description: `There is no metric of pods from ${source}: no alert says when they crash or wait`,
});

const owner = 'kube_pod_owner{namespace="observability",pod="otel-collector-1"}';
const use = 'container_cpu_usage_seconds_total{namespace="shop",pod="orders",container="app"}';

export const nodeCases: AlertCases = {
  NodeNotReady: [
    {
      when: "one of two nodes is not ready from the fifth minute on, and later is again",
      series: {
        [ready("one")]: constant(1, 60),
        [ready("two")]: "1x5 0x30 1x25",
        [ready("two", "unknown")]: "0x5 1x30 0x25",
      },
      at: { "12m": [], "20m": [notReady], "45m": [] },
    },
    {
      when: "a node is started anew, and a team's target says of another that it is not ready",
      series: { [ready("one")]: "1x5 0x6 1x40", [ready("two", "true", "shop")]: constant(0, 60) },
      at: { "10m": [], "14m": [], "40m": [] },
    },
  ],
  VolumeFilling: [
    {
      when: "a volume of 1000 loses 120 an hour from 520 on, for two hours and then no more; another loses 300 from 560 on",
      series: {
        [volume("available", "data")]: "520-2x120 280x180",
        [volume("capacity", "data")]: constant(1000, 300),
        [volume("available", "steep")]: "560-5x60 260x240",
        [volume("capacity", "steep")]: constant(1000, 300),
      },
      at: {
        "20m": [],
        "27m": [],
        "30m": [filling("steep")],
        "35m": [filling("steep")],
        "37m": [filling("data"), filling("steep")],
        "118m": [filling("data")],
        "250m": [],
      },
    },
    {
      when: "a volume loses 30 an hour, another is filled while most of it is free, and a team's target says otherwise",
      series: {
        [volume("available", "slow")]: `400-0.5x200`,
        [volume("capacity", "slow")]: constant(1000, 300),
        [volume("available", "restored")]: `1000-4x110 560x190`,
        [volume("capacity", "restored")]: constant(1000, 300),
        [volume("available", "data", "shop")]: `400-2x190`,
        [volume("capacity", "data", "shop")]: constant(1000, 300),
      },
      at: { "60m": [], "110m": [], "140m": [], "190m": [] },
    },
  ],
  ClusterMetricsMissing: [
    {
      when: "first kube-state-metrics, then the kubelets say nothing",
      series: { [owner]: "1x10 stale _x40 1x40", [use]: "1x60 stale" },
      at: { "20m": [], "30m": [missing("kube-state-metrics")], "70m": [], "80m": [missing("kubelet")] },
    },
  ],
};

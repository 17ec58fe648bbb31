import { jobs, kubeletNamespace } from "../catalog/names.ts";
import { platformJob } from "../rules/platformJob.ts";
import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { dashboardUids } from "../catalog/dashboards.ts";
import { stat } from "./kit/panels/stat.ts";
import { table } from "./kit/panels/table.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { orZero, sumRate } from "./kit/promql.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";

const ofState = platformJob(jobs.kubeStateMetrics);
const ofKubelets = platformJob(jobs.kubelet, kubeletNamespace);
const byNode = "sum by (node)";

const ready = `max by (node) (kube_node_status_condition{${ofState}, condition="Ready", status="true"})`;
const room = (resource: "cpu" | "memory") =>
  `${byNode} (kube_node_status_allocatable{${ofState}, resource="${resource}"})`;
const cpu = sumRate("node_cpu_usage_seconds_total", ofKubelets, ["node"]);
const memory = `${byNode} (node_memory_working_set_bytes{${ofKubelets}})`;
/** Pods that have ended hold nothing any more. */
const requested = (resource: "cpu" | "memory") =>
  `${byNode} (kube_pod_container_resource_requests{resource="${resource}"}` +
  ' unless on (namespace, pod) (kube_pod_status_phase{phase=~"Succeeded|Failed"} > 0))';

const overview: Row = {
  title: "Nodes",
  panels: [
    stat({
      title: "Nodes ready",
      description: "Nodes whose kubelet says that they are well.",
      unit: units.count,
      expr: `sum(${ready})`,
    }),
    stat({
      title: "Nodes not ready",
      description: "Nodes whose kubelet says otherwise, or nothing. The table says which.",
      unit: units.count,
      thresholds: thresholds.zero,
      expr: `count(${ready}) - sum(${ready})`,
    }),
    stat({
      title: "Processors requested",
      description: "Share of all nodes' processors that pods ask for. At 100 % no pod more finds a place.",
      unit: units.ratio,
      thresholds: thresholds.fill,
      expr: `sum(${requested("cpu")}) / sum(${room("cpu")})`,
    }),
    stat({
      title: "Memory requested",
      description: "Share of all nodes' memory that pods ask for. At 100 % no pod more finds a place.",
      unit: units.ratio,
      thresholds: thresholds.fill,
      expr: `sum(${requested("memory")}) / sum(${room("memory")})`,
    }),
    table({
      title: "Each node",
      description: "Whether each node is ready, takes new pods, and how much of it is used and promised.",
      width: 24,
      labels: { node: "Node" },
      columns: [
        { header: "Ready", expr: ready, unit: units.count, thresholds: thresholds.present },
        {
          header: "Takes no pods",
          expr: `max by (node) (kube_node_spec_unschedulable{${ofState}})`,
          unit: units.count,
        },
        { header: "CPU used", expr: `${cpu} / ${room("cpu")}`, unit: units.ratio, thresholds: thresholds.fill },
        { header: "CPU requested", expr: `${requested("cpu")} / ${room("cpu")}`, unit: units.ratio },
        {
          header: "Memory used",
          expr: `${memory} / ${room("memory")}`,
          unit: units.ratio,
          thresholds: thresholds.fill,
        },
        { header: "Memory asked for", expr: `${requested("memory")} / ${room("memory")}`, unit: units.ratio },
      ],
    }),
    timeSeries({
      title: "CPU by node",
      description: "Share of each node's processors that is used.",
      unit: units.ratio,
      width: 12,
      queries: [{ expr: `${cpu} / ${room("cpu")}`, legend: "{{node}}" }],
    }),
    timeSeries({
      title: "Memory by node",
      description: "Share of each node's memory that is used. Near 100 % the node ends pods.",
      unit: units.ratio,
      width: 12,
      queries: [{ expr: `${memory} / ${room("memory")}`, legend: "{{node}}" }],
    }),
    timeSeries({
      title: "Pods that wait",
      description: "Pods of the whole cluster that are pending: for a node, an image or a volume.",
      unit: units.count,
      width: 24,
      queries: [
        { expr: orZero('sum by (namespace) (kube_pod_status_phase{phase="Pending"}) > 0'), legend: "{{namespace}}" },
      ],
    }),
  ],
};

const left = (series: string) => `kubelet_volume_stats_${series}_bytes{${ofKubelets}}`;
const volumes: Row = {
  title: "Volumes",
  panels: [
    timeSeries({
      title: "Left on each volume",
      description: "Share of each volume that is free. Empty where nothing has a volume.",
      unit: units.ratio,
      width: 24,
      thresholds: thresholds.left,
      queries: [
        {
          expr: `min by (exported_namespace, persistentvolumeclaim) (${left("available")} / ${left("capacity")})`,
          legend: "{{persistentvolumeclaim}} in {{exported_namespace}}",
        },
      ],
    }),
  ],
};

/** What pods run on: nodes, their room, and volumes. */
export function nodesDashboard(): FolderDashboard {
  return dashboard({
    uid: dashboardUids.nodes,
    title: "Nodes",
    description: "Nodes of the cluster, what is used and promised of them, and the room on volumes.",
    folder: "platform",
    rows: [overview, volumes],
  });
}

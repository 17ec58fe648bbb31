import { workloadKinds } from "../rules/workloadKinds.ts";
import { podInfo, withWorkload } from "../rules/workloadPods.ts";
import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { deploys } from "./deploys.ts";
import { dashboardUids } from "../catalog/dashboards.ts";
import { toLogsOfPod } from "./kit/links.ts";
import { stat } from "./kit/panels/stat.ts";
import { table } from "./kit/panels/table.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { orZero, rate } from "./kit/promql.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";
import { labelValues } from "./kit/variables.ts";

const chosen = 'namespace=~"$namespace", workload=~"$workload"';
const byPod = "namespace, pod";

/** Of the pods of the chosen workloads. */
const ofChosen = (series: string) => withWorkload(series, chosen);
const sumOfPod = (series: string) => `sum by (${byPod}) (${ofChosen(series)})`;

const cpu = rate("container_cpu_usage_seconds_total");
const memory = "container_memory_working_set_bytes";
const wants = (what: "requests" | "limits", resource: "cpu" | "memory") =>
  `kube_pod_container_resource_${what}{resource="${resource}"}`;
const restarts = "kube_pod_container_status_restarts_total";
const last = "kube_pod_container_status_last_terminated";

/** What a pod should have, of which the chosen ones differ little: the highest is drawn. */
const highest = (what: "requests" | "limits", resource: "cpu" | "memory") => `max(${sumOfPod(wants(what, resource))})`;

/** What each pod uses, beside what one asks for and may have. */
const usedBeside = (resource: "cpu" | "memory", used: string) => [
  { expr: sumOfPod(used), legend: "{{pod}}" },
  { expr: highest("requests", resource), legend: "requested" },
  { expr: highest("limits", resource), legend: "limit" },
];

/** The chosen workloads' pods, as many as there should be, or that can serve. */
const ofKinds = (what: "wanted" | "available") => {
  const kinds = Object.values(workloadKinds);
  return `sum(${kinds.map((kind) => `${kind[what]}{namespace=~"$namespace", ${kind.label}=~"$workload"}`).join(" or ")})`;
};

const wanted = ofKinds("wanted");
const available = ofKinds("available");

const overview: Row = {
  title: "Overview",
  panels: [
    stat({
      title: "Pods",
      description: "Pods of the chosen workloads.",
      unit: units.count,
      expr: `count(${podInfo}{${chosen}})`,
    }),
    stat({
      title: "Pods missing",
      description:
        "Pods that there should be and that are not there, or cannot serve. A rollout may cost some for a while.",
      unit: units.count,
      thresholds: thresholds.zero,
      expr: `${wanted} - ${available}`,
    }),
    stat({
      title: "Restarts in an hour",
      description: "Containers that ended and were started anew in the last hour.",
      unit: units.count,
      thresholds: thresholds.zero,
      expr: `sum(${ofChosen(`increase(${restarts}[1h])`)})`,
    }),
    stat({
      title: "Killed for memory in an hour",
      description: "Containers that the kernel ended in the last hour because they passed their memory limit.",
      unit: units.count,
      thresholds: thresholds.zero,
      expr: orZero(
        `count(${ofChosen(`${last}_reason{reason="OOMKilled"} and on (namespace, pod, container) ${last}_timestamp > time() - 3600`)})`,
      ),
    }),
  ],
};

const pods = (logs: boolean): Row => ({
  title: "Each pod",
  panels: [
    table({
      title: "Use of each pod",
      description: "What each pod uses, asks for and may have at most. Processors are cores.",
      width: 24,
      labels: { namespace: "Namespace", pod: "Pod" },
      links: { Pod: logs ? [toLogsOfPod] : [] },
      columns: [
        { header: "CPU", expr: sumOfPod(cpu), unit: units.count },
        { header: "CPU requested", expr: sumOfPod(wants("requests", "cpu")), unit: units.count },
        { header: "Memory", expr: sumOfPod(memory), unit: units.bytes },
        { header: "Memory requested", expr: sumOfPod(wants("requests", "memory")), unit: units.bytes },
        { header: "Memory limit", expr: sumOfPod(wants("limits", "memory")), unit: units.bytes },
        {
          header: "Memory of its limit",
          expr: `${sumOfPod(memory)} / ${sumOfPod(wants("limits", "memory"))}`,
          unit: units.ratio,
          thresholds: thresholds.fill,
        },
        { header: "Restarts", expr: sumOfPod(restarts), unit: units.count },
      ],
    }),
    table({
      title: "Waiting containers",
      description: "Containers that do not run, with the reason that Kubernetes gives. Empty is well.",
      labels: { namespace: "Namespace", pod: "Pod", container: "Container", reason: "Reason" },
      columns: [
        {
          header: "Waiting",
          expr: `sum by (namespace, pod, container, reason) (${ofChosen(
            "kube_pod_container_status_waiting_reason or kube_pod_init_container_status_waiting_reason",
          )})`,
          unit: units.count,
        },
      ],
    }),
    table({
      title: "Pods that do not run",
      description:
        "Pods that wait for a node, an image or a volume (Pending), or ended with an error (Failed). Empty is well.",
      labels: { namespace: "Namespace", pod: "Pod", phase: "Phase" },
      columns: [
        {
          header: "Pods",
          expr: `sum by (namespace, pod, phase) (${ofChosen('kube_pod_status_phase{phase=~"Pending|Failed"} > 0')})`,
          unit: units.count,
        },
      ],
    }),
  ],
});

const course: Row = {
  title: "Course",
  panels: [
    timeSeries({
      title: "CPU by pod",
      description:
        "Cores that each pod uses, and what one pod asks for and may use at most. Above its request a pod gets what others leave.",
      unit: units.count,
      width: 12,
      queries: usedBeside("cpu", cpu),
    }),
    timeSeries({
      title: "Memory by pod",
      description:
        "Memory that each pod holds (working set), and what one pod asks for and may hold at most: at the limit it is killed.",
      unit: units.bytes,
      width: 12,
      queries: usedBeside("memory", memory),
    }),
    timeSeries({
      title: "Throttling by pod",
      description:
        "Share of the time slices in which a pod was held back by its CPU limit. Empty without such a limit.",
      unit: units.ratio,
      thresholds: thresholds.errorRatio,
      queries: [
        {
          expr: `${sumOfPod(rate("container_cpu_cfs_throttled_periods_total"))} / (${sumOfPod(rate("container_cpu_cfs_periods_total"))} > 0)`,
          legend: "{{pod}}",
        },
      ],
    }),
    timeSeries({
      title: "Restarts by pod",
      description: "Containers of each pod that ended and were started anew.",
      unit: units.count,
      queries: [{ expr: sumOfPod(`increase(${restarts}[$__rate_interval])`), legend: "{{pod}}" }],
    }),
    timeSeries({
      title: "Pods wanted and available",
      description: "Pods that there should be, and those that can serve.",
      unit: units.count,
      queries: [
        { expr: wanted, legend: "wanted" },
        { expr: available, legend: "available" },
      ],
    }),
  ],
};

/**
 * Pods of any workload, chosen at the top: what they use, ask for and may have, and how they fare.
 *
 * @param logs whether the stack has a store of logs: a pod leads to its lines
 */
export function workloadsDashboard(logs: boolean): FolderDashboard {
  return dashboard({
    uid: dashboardUids.workloads,
    title: "Workloads",
    description: "Pods of Deployments, StatefulSets, DaemonSets and Jobs: use, requests, limits, throttling, restarts.",
    folder: "applications",
    variables: [
      labelValues({
        name: "namespace",
        label: "Namespace",
        description: "Namespace of the pods.",
        series: podInfo,
        of: "namespace",
        many: true,
      }),
      labelValues({
        name: "workload",
        label: "Workload",
        description: "Deployment, StatefulSet, DaemonSet or Job.",
        series: `${podInfo}{namespace=~"$namespace"}`,
        of: "workload",
        many: true,
      }),
    ],
    annotations: [deploys(chosen)],
    rows: [overview, pods(logs), course],
  });
}

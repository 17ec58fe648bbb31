import { alert, type RuleGroup } from "./rule.ts";
import { workloadKinds } from "./workloadKinds.ts";
import { workloadLabels, withWorkload } from "./workloadPods.ts";

const workload = "{{ $labels.workload_kind }} {{ $labels.workload }}";
const where = `${workload} in namespace {{ $labels.namespace }}`;

/** How many pods of each workload show something, or their containers of one name: one message for all of them. */
const countOf = (series: string, more = "") => `count by (${workloadLabels}${more}) (${withWorkload(series)})`;

const crashing = ["kube_pod_container_status_waiting_reason", "kube_pod_init_container_status_waiting_reason"]
  // Between two waits it runs for a while.
  .map((series) => `max_over_time(${series}{reason="CrashLoopBackOff"}[10m]) > 0`)
  .join(" or ");

const last = "kube_pod_container_status_last_terminated";
const ended = 'kube_pod_container_status_terminated_reason{reason="OOMKilled"}';
/** A container that was started anew says when it was killed; one that was not, as that of a Job, says only that it was. */
const killed =
  `${last}_reason{reason="OOMKilled"} > 0 and on (namespace, pod, container) ${last}_timestamp > time() - 600` +
  // What was not known ten minutes ago because nothing was known is not new.
  ` or (${ended} unless ${ended} offset 10m and on () count(kube_pod_owner offset 10m))`;

const pending = 'kube_pod_status_phase{phase="Pending"}';

/** How many pods are missing; a rollout that goes on is none of it. */
const short = Object.entries(workloadKinds)
  .map(([kind, { label, wanted, available, updated }]) => {
    const by = `sum by (namespace, ${label})`;
    const missing = `(${by} (${wanted}) - ${by} (${available}) > 0) unless ${by} (changes(${updated}[10m])) > 0`;
    return `label_replace(label_replace(${missing}, "workload", "$1", "${label}", "(.+)"), "workload_kind", "${kind}", "", "")`;
  })
  .join(" or ");

/** Alerts about pods, for whoever runs them: the platform's own among them. */
export function workloadAlerts(): RuleGroup {
  return {
    name: "workloads",
    // They wait for minutes.
    interval: "1m",
    rules: [
      alert({
        name: "PodCrashLooping",
        severity: "warning",
        expr: countOf(crashing, ", container"),
        // Longer than what it looks back: a container that waited once may run ever since.
        for: "15m",
        summary: `${workload} crashes again and again`,
        description: `Container {{ $labels.container }} ends again and again in {{ $value }} pods of ${where}`,
      }),
      alert({
        name: "ContainerOutOfMemory",
        severity: "warning",
        expr: countOf(killed, ", container"),
        summary: `${workload} was killed for its memory`,
        description: `Container {{ $labels.container }} was killed for its memory in {{ $value }} pods of ${where} within ten minutes`,
      }),
      alert({
        name: "PodPending",
        severity: "warning",
        // Of each pod by itself: those of a long rollout wait one after the other.
        expr: countOf(`min_over_time(${pending}[15m]) > 0 and ${pending} offset 15m`),
        summary: `Pods of ${workload} do not start`,
        description: `{{ $value }} pods of ${where} have been pending for a quarter of an hour`,
      }),
      alert({
        name: "WorkloadShortOfReplicas",
        severity: "warning",
        expr: `sum by (${workloadLabels}) (${short})`,
        for: "15m",
        summary: `${workload} has fewer pods than it should have`,
        description: `{{ $value }} pods of ${where} are not there, or cannot serve`,
      }),
    ],
  };
}

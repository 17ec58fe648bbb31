/**
 * The series of the cluster that rules and dashboards read. Nothing else is kept, so that what the cluster costs is known: a test
 * compares these names with what is read.
 */

/** What kube-state-metrics makes of the objects of the cluster, by the resource that it has to watch for them. */
export const stateSeries = {
  pods: [
    "kube_pod_owner",
    "kube_pod_status_phase",
    "kube_pod_container_resource_requests",
    "kube_pod_container_resource_limits",
    "kube_pod_container_status_restarts_total",
    "kube_pod_container_status_waiting_reason",
    "kube_pod_init_container_status_waiting_reason",
    "kube_pod_container_status_terminated_reason",
    "kube_pod_container_status_last_terminated_reason",
    "kube_pod_container_status_last_terminated_timestamp",
  ],
  deployments: [
    "kube_deployment_spec_replicas",
    "kube_deployment_status_replicas_available",
    "kube_deployment_status_replicas_updated",
  ],
  statefulsets: [
    "kube_statefulset_replicas",
    "kube_statefulset_status_replicas_available",
    "kube_statefulset_status_replicas_updated",
  ],
  daemonsets: [
    "kube_daemonset_status_desired_number_scheduled",
    "kube_daemonset_status_number_available",
    "kube_daemonset_status_updated_number_scheduled",
  ],
  nodes: ["kube_node_status_condition", "kube_node_status_allocatable", "kube_node_spec_unschedulable"],
  persistentvolumeclaims: ["kube_persistentvolumeclaim_access_mode"],
} as const;

/** Phases of a pod that nobody asks for: each pod has a series for all five. */
export const unreadPhases = ["Running", "Unknown"] as const;

/** What a kubelet says at its path `/metrics/resource`: use, in few series. */
export const resourceSeries = [
  "container_cpu_usage_seconds_total",
  "container_memory_working_set_bytes",
  "node_cpu_usage_seconds_total",
  "node_memory_working_set_bytes",
] as const;

/** What only its path `/metrics/cadvisor` says; of use it says the same in many more series. */
export const cadvisorSeries = ["container_cpu_cfs_periods_total", "container_cpu_cfs_throttled_periods_total"] as const;

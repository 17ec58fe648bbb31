/** Kinds of workloads, by their series: how many pods there should be, how many can serve, how many are of the newest form. */
export const workloadKinds = {
  Deployment: {
    label: "deployment",
    wanted: "kube_deployment_spec_replicas",
    available: "kube_deployment_status_replicas_available",
    updated: "kube_deployment_status_replicas_updated",
  },
  StatefulSet: {
    label: "statefulset",
    wanted: "kube_statefulset_replicas",
    available: "kube_statefulset_status_replicas_available",
    updated: "kube_statefulset_status_replicas_updated",
  },
  DaemonSet: {
    label: "daemonset",
    wanted: "kube_daemonset_status_desired_number_scheduled",
    available: "kube_daemonset_status_number_available",
    updated: "kube_daemonset_status_updated_number_scheduled",
  },
} as const;

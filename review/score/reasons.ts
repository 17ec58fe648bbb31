/** Why a critical line of kube-score stays. */
export interface ScoreReason {
  /** The check, by kube-score's own name of it. */
  readonly check: string;
  /** Objects that it may say this of, as `Kind namespace/name`. "all": whatever has containers. */
  readonly objects: readonly string[] | "all";
  readonly why: string;
}

const observability = (kind: string, ...names: string[]) => names.map((name) => `${kind} observability/${name}`);

/**
 * The critical lines of kube-score on stack prod and docs/production.example.yaml, each with its reason: also the table in docs/production.md. A line without one fails a
 * test, and so does a reason without a line.
 */
export const scoreReasons: readonly ScoreReason[] = [
  {
    check: "container-resources",
    objects: "all",
    why: "no CPU limits: requests share out a processor that is short, a limit would hold back who finds one free",
  },
  {
    check: "container-ephemeral-storage-request-and-limit",
    objects: "all",
    why: "what the stack's own pods write goes to volumes with a size, their roots are read-only; upstream's manifests ask for none; the kubelet rotates logs",
  },
  {
    check: "container-image-pull-policy",
    objects: "all",
    why: "tags are fixed, digests where they were read: a node need not ask the registry for an image that it has, and starts pods while that is away",
  },
  {
    check: "container-security-context-user-group-id",
    objects: "all",
    why: "users are those that images are made for; group 0 without user 0 gives no right of the node",
  },
  {
    check: "container-security-context-readonlyrootfilesystem",
    objects: ["Deployment opentelemetry-operator-system/opentelemetry-operator-controller-manager"],
    why: "upstream says nothing of what it writes, and it was not run so here",
  },
  {
    check: "pod-probes",
    objects: [
      "Deployment cert-manager/cert-manager",
      "Deployment cert-manager/cert-manager-cainjector",
      "Deployment prometheus-operator/prometheus-operator",
    ],
    why: "upstream gives them no readiness probe: nobody asks them for anything but metrics",
  },
  {
    check: "pod-probes-identical",
    objects: ["Deployment python-api/python-api", ...observability("StatefulSet", "victoria-logs")],
    why: "both ask whether the process answers; neither asks what is behind it, whose outage a restart would not end",
  },
  {
    check: "statefulset-has-servicename",
    objects: observability("StatefulSet", "victoria-logs"),
    why: "it has one pod, which is found by the Service; nobody looks up the name of the pod itself",
  },
  {
    check: "service-targets-pod",
    objects: observability("Service", "prometheus"),
    why: "its operator makes the pods",
  },
  {
    check: "networkpolicy-targets-pod",
    objects: [
      ...observability("NetworkPolicy", "acme-solver", "alertmanager", "collector", "grafana", "jaeger", "prometheus"),
      ...observability("NetworkPolicy", "tail-sampler"),
      "NetworkPolicy observability-node-agents/default-deny",
      "NetworkPolicy observability-node-agents/log-agent",
      "NetworkPolicy cert-manager/cert-manager-startup-check",
    ],
    why: "operators make the pods, and Helm that of the start-up check: the policy engine's test looks at all of them",
  },
  {
    check: "pod-networkpolicy",
    objects: ["Deployment kube-system/metrics-server"],
    why: "the namespace is the cluster's own, where the stack denies nothing",
  },
  {
    check: "deployment-has-poddisruptionbudget",
    objects: ["Deployment kube-system/metrics-server"],
    why: "it has one pod: a budget would hold up who drains its node",
  },
];

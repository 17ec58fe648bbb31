/** What a program asks the API server for, with the features that the stack uses: verbs by `resource.group`. */
type Needs = Readonly<Record<string, readonly string[]>>;

const reads = ["get", "list", "watch"];
const owns = [...reads, "create", "update", "delete"];

/** By ServiceAccount; from the sources of the versions that the stack installs. */
export const neededRights: Readonly<Record<string, Needs>> = {
  "prometheus-operator/prometheus-operator": {
    "prometheuses.monitoring.coreos.com": reads,
    "prometheuses/status.monitoring.coreos.com": ["update"],
    "alertmanagers.monitoring.coreos.com": reads,
    "alertmanagers/status.monitoring.coreos.com": ["update"],
    "alertmanagerconfigs.monitoring.coreos.com": reads,
    "servicemonitors.monitoring.coreos.com": reads,
    "podmonitors.monitoring.coreos.com": reads,
    "probes.monitoring.coreos.com": reads,
    "scrapeconfigs.monitoring.coreos.com": reads,
    "prometheusrules.monitoring.coreos.com": reads,
    "statefulsets.apps": owns,
    // The receivers' Secret is watched: a changed one makes a new configuration.
    secrets: owns,
    configmaps: owns,
    services: ["get", "create", "update"],
    // The kubelets' targets, from the nodes.
    nodes: ["list", "watch"],
    endpoints: ["get", "create", "update"],
    namespaces: reads,
    // A StatefulSet whose pod hangs.
    pods: ["list", "delete"],
    "events.events.k8s.io": ["create", "patch"],
    // Whether a volume can grow.
    "storageclasses.storage.k8s.io": ["get"],
  },
  "opentelemetry-operator-system/opentelemetry-operator-controller-manager": {
    "opentelemetrycollectors.opentelemetry.io": [...reads, "update", "patch"],
    "opentelemetrycollectors/status.opentelemetry.io": ["update", "patch"],
    "opentelemetrycollectors/finalizers.opentelemetry.io": ["update"],
    "instrumentations.opentelemetry.io": [...reads, "update", "patch"],
    // Jaeger on Badger is a StatefulSet.
    "deployments.apps": owns,
    "statefulsets.apps": owns,
    services: owns,
    serviceaccounts: owns,
    configmaps: owns,
    "networkpolicies.networking.k8s.io": owns,
    "poddisruptionbudgets.policy": owns,
    "servicemonitors.monitoring.coreos.com": owns,
    // Injection: the namespace's annotations, and the Deployment and Job of a pod.
    namespaces: reads,
    "replicasets.apps": reads,
    "jobs.batch": reads,
    events: ["create", "patch"],
    // Its metrics ask the API server who reads them.
    "tokenreviews.authentication.k8s.io": ["create"],
    "subjectaccessreviews.authorization.k8s.io": ["create"],
  },
  "observability/jaeger-operator": {
    "jaegers.jaegertracing.io": [...reads, "update", "patch"],
    "jaegers/status.jaegertracing.io": ["update", "patch"],
    "jaegers/finalizers.jaegertracing.io": ["update"],
    "deployments.apps": owns,
    services: owns,
    serviceaccounts: owns,
    configmaps: owns,
    secrets: reads,
    // The job that deletes old indices.
    "cronjobs.batch": owns,
    "jobs.batch": owns,
    "ingresses.networking.k8s.io": owns,
    "horizontalpodautoscalers.autoscaling": owns,
    namespaces: reads,
    "tokenreviews.authentication.k8s.io": ["create"],
    "subjectaccessreviews.authorization.k8s.io": ["create"],
  },
  "grafana-operator/grafana-operator": {
    "grafanas.grafana.integreatly.org": [...reads, "patch"],
    "grafanas/status.grafana.integreatly.org": ["update", "patch"],
    "grafanas/finalizers.grafana.integreatly.org": ["update"],
    "grafanadashboards.grafana.integreatly.org": [...reads, "patch"],
    "grafanadashboards/status.grafana.integreatly.org": ["update", "patch"],
    "grafanadatasources.grafana.integreatly.org": [...reads, "patch"],
    "grafanafolders.grafana.integreatly.org": [...reads, "patch"],
    "deployments.apps": owns,
    services: owns,
    serviceaccounts: owns,
    configmaps: owns,
    // The login: a changed one makes new pods.
    secrets: reads,
    persistentvolumeclaims: owns,
    "ingresses.networking.k8s.io": owns,
    "events.events.k8s.io": ["create", "patch"],
  },
  "kube-system/metrics-server": {
    nodes: reads,
    pods: reads,
    "nodes/metrics": ["get"],
    "tokenreviews.authentication.k8s.io": ["create"],
    "subjectaccessreviews.authorization.k8s.io": ["create"],
  },
  "cert-manager/cert-manager": {
    "certificates.cert-manager.io": [...reads, "update"],
    "certificates/status.cert-manager.io": ["update", "patch"],
    "certificaterequests.cert-manager.io": owns,
    "issuers.cert-manager.io": reads,
    secrets: owns,
    events: ["create", "patch"],
  },
  "cert-manager/cert-manager-cainjector": {
    "mutatingwebhookconfigurations.admissionregistration.k8s.io": [...reads, "update", "patch"],
    "validatingwebhookconfigurations.admissionregistration.k8s.io": [...reads, "update", "patch"],
    // The conversion webhooks of the OpenTelemetry operator's kinds.
    "customresourcedefinitions.apiextensions.k8s.io": [...reads, "update", "patch"],
    secrets: reads,
    "certificates.cert-manager.io": reads,
  },
  "observability/prometheus": {
    services: reads,
    pods: reads,
    endpoints: reads,
    // The kubelets' metrics, which say how full volumes are.
    "nodes/metrics": ["get"],
  },
};

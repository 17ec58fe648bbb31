/** What must have ended before what starts, and why: labels of resources. */
export interface Rule {
  before: RegExp;
  after: RegExp;
  because: string;
}

/** The order that the design asks for; besides it, everything comes after its namespace and a dashboard after its folder. */
export const neededOrder: readonly Rule[] = [
  {
    before: /^Release (cert-manager|prometheus-operator)$/,
    after: /^Release opentelemetry-operator$/,
    because: "its release holds a Certificate, and it looks for the monitoring CRDs only when it starts",
  },
  {
    before: /^Release cert-manager$/,
    after: /^Release jaeger-operator$/,
    because: "its release holds a Certificate",
  },
  {
    before: /^Release opentelemetry-operator$/,
    after: /WebhookConfigurationPatch opentelemetry-operator-/,
    because: "a patch on a configuration that is not there would create it",
  },
  {
    before: /^Release jaeger-operator$/,
    after: /WebhookConfigurationPatch jaeger-operator-/,
    because: "a patch on a configuration that is not there would create it",
  },
  {
    before: /WebhookConfigurationPatch opentelemetry-operator-/,
    after: /^(OpenTelemetryCollector|Instrumentation) /,
    because: "a custom resource that comes before the webhooks work is refused",
  },
  {
    before: /WebhookConfigurationPatch jaeger-operator-/,
    after: /^Jaeger Jaeger-/,
    because: "a custom resource that comes before the webhooks work is refused",
  },
  {
    before: /^Release prometheus-operator$/,
    after: /^(Prometheus|PrometheusRule|Alertmanager|AlertmanagerConfig|ServiceMonitor|PodMonitor) (?=[A-Z])/,
    because: "the release brings the kind",
  },
  {
    before: /^Release grafana-operator-crds$/,
    after: /^Release grafana-operator$/,
    because: "the operator stops when its kinds are not there",
  },
  {
    before: /^Release grafana-operator$/,
    after: /^Grafana(Datasource|Folder|Dashboard)? (?=[A-Z])/,
    because: "the operator that finalizes them goes last",
  },
  {
    before: /^(ServiceAccount|ClusterRole) (observability-)?prometheus$/,
    after: /^ClusterRoleBinding observability-prometheus$/,
    because: "it binds them",
  },
  {
    before: /^ServiceAccount prometheus$/,
    after: /^Secret prometheus-token$/,
    because: "Kubernetes deletes the token of an account that is not there",
  },
  {
    before: /^Secret prometheus-token$/,
    after: /^ServiceMonitor /,
    because: "the operator refuses a monitor whose Secret is not there",
  },
  {
    before: /^(ServiceAccount|ClusterRole) (observability-)?otel$/,
    after: /^ClusterRoleBinding observability-otel$/,
    because: "it binds them",
  },
  {
    before: /^ClusterRoleBinding observability-otel$/,
    after: /^OpenTelemetryCollector OpenTelemetryCollector-otel$/,
    because: "without its rights it does not start",
  },
  {
    before: /^ServiceAccount jaeger$/,
    after: /^(OpenTelemetryCollector OpenTelemetryCollector-jaeger|Jaeger Jaeger-simplest)$/,
    because: "without its account no pod starts",
  },
  {
    before: /^ClusterRoleBinding observability-prometheus$/,
    after: /^Prometheus Prometheus-/,
    because: "without its rights Prometheus finds no target",
  },
  {
    before: /^Secret alertmanager-receivers$/,
    after: /^AlertmanagerConfig /,
    because: "it refers to the Secret",
  },
  {
    before: /^AlertmanagerConfig /,
    after: /^Alertmanager Alertmanager-/,
    because: "the operator does not start one whose configuration is not there",
  },
  {
    before: /^RandomPassword grafana-admin$/,
    after: /^Secret grafana-admin-credentials$/,
    because: "the Secret holds the password",
  },
  {
    before: /^Secret grafana-admin-credentials$/,
    after: /^Grafana Grafana-/,
    because: "a Grafana that starts without the Secret does not come up",
  },
  {
    before: /^Grafana Grafana-/,
    after: /^GrafanaDatasource /,
    because: "a data source belongs to a Grafana; what it points at may come later",
  },
  {
    before: /^(OpenTelemetryCollector OpenTelemetryCollector-jaeger|Jaeger Jaeger-)/,
    after: /^OpenTelemetryCollector OpenTelemetryCollector-otel$/,
    because: "the collector sends to Jaeger",
  },
  {
    before: /^OpenTelemetryCollector OpenTelemetryCollector-otel$/,
    after: /^Instrumentation /,
    because: "what is injected sends to the collector",
  },
  {
    before: /^Instrumentation Instrumentation-/,
    after: /^Deployment python-api$/,
    because: "a pod that is made before its Instrumentation is silently not instrumented",
  },
  {
    before: /^Grafana Grafana-/,
    after: /^GrafanaFolder /,
    because: "the operator removes a folder from a Grafana that is still there",
  },
];

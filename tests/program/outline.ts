/** What the program registers by default: under its component, after `<` what it depends on. */
export const outline = `
kubernetes cluster
Namespaces namespaces
  Namespace observability
  Namespace opentelemetry-operator-system
  Namespace observability-node-agents
  Namespace cert-manager
  Namespace prometheus-operator
  Namespace grafana-operator
  Namespace python-api
Platform platform < Namespaces namespaces
  Tenancy tenancy
    ClusterRole fluffy-observability-team
    ValidatingAdmissionPolicy fluffy-observability-instances
    ValidatingAdmissionPolicyBinding fluffy-observability-instances < ValidatingAdmissionPolicy fluffy-observability-instances
    ValidatingAdmissionPolicy fluffy-observability-scrape-targets
    ValidatingAdmissionPolicyBinding fluffy-observability-scrape-targets < ValidatingAdmissionPolicy fluffy-observability-scrape-targets
    ValidatingAdmissionPolicy fluffy-observability-monitors
    ValidatingAdmissionPolicyBinding fluffy-observability-monitors < ValidatingAdmissionPolicy fluffy-observability-monitors
    ValidatingAdmissionPolicy fluffy-observability-rules
    ValidatingAdmissionPolicyBinding fluffy-observability-rules < ValidatingAdmissionPolicy fluffy-observability-rules
    ValidatingAdmissionPolicy fluffy-observability-alert-routes
    ValidatingAdmissionPolicyBinding fluffy-observability-alert-routes < ValidatingAdmissionPolicy fluffy-observability-alert-routes
    ValidatingAdmissionPolicy fluffy-observability-grafana
    ValidatingAdmissionPolicyBinding fluffy-observability-grafana < ValidatingAdmissionPolicy fluffy-observability-grafana
    ValidatingAdmissionPolicy fluffy-observability-dashboards
    ValidatingAdmissionPolicyBinding fluffy-observability-dashboards < ValidatingAdmissionPolicy fluffy-observability-dashboards
  CertManager cert-manager
    Release cert-manager
  PrometheusOperator prometheus-operator
    Release prometheus-operator
  MetricsServer metrics-server
    Release metrics-server
  OpenTelemetryOperator opentelemetry-operator < CertManager cert-manager, PrometheusOperator prometheus-operator
    Release opentelemetry-operator
    MutatingWebhookConfigurationPatch opentelemetry-operator-mutating-webhook-configuration < Release opentelemetry-operator
    ValidatingWebhookConfigurationPatch opentelemetry-operator-validating-webhook-configuration < Release opentelemetry-operator
  GrafanaOperator grafana-operator
    Release grafana-operator-crds
    Release grafana-operator < Release grafana-operator-crds
  Prometheus prometheus
    ServiceAccount prometheus
    ClusterRole observability-prometheus
    ClusterRoleBinding observability-prometheus < ServiceAccount prometheus, ClusterRole observability-prometheus
    Role observability-prometheus-ingresses
    RoleBinding observability-prometheus-ingresses < Role observability-prometheus-ingresses
    Secret prometheus-token < ServiceAccount prometheus
    Service prometheus
    Prometheus Prometheus-prometheus < ClusterRoleBinding observability-prometheus, PrometheusOperator prometheus-operator
  Alertmanager alertmanager < PrometheusOperator prometheus-operator
    AlertmanagerConfig AlertmanagerConfig-alertmanager
    Alertmanager Alertmanager-alertmanager < AlertmanagerConfig AlertmanagerConfig-alertmanager
  Rules rules < PrometheusOperator prometheus-operator
    PrometheusRule PrometheusRule-platform
    PrometheusRule PrometheusRule-services
    PrometheusRule PrometheusRule-cluster
  ClusterMetrics cluster-metrics
    ServiceAccount kube-state-metrics
    ClusterRole observability-kube-state-metrics
    ClusterRoleBinding observability-kube-state-metrics < ServiceAccount kube-state-metrics, ClusterRole observability-kube-state-metrics
    Service kube-state-metrics
    Deployment kube-state-metrics < ServiceAccount kube-state-metrics, ClusterRoleBinding observability-kube-state-metrics
  Monitors monitors < PrometheusOperator prometheus-operator, Prometheus prometheus
    ServiceMonitor ServiceMonitor-applications
    ServiceMonitor ServiceMonitor-collector
    ServiceMonitor ServiceMonitor-log-agent
    ServiceMonitor ServiceMonitor-log-agent-counts
    ServiceMonitor ServiceMonitor-prometheus
    ServiceMonitor ServiceMonitor-alertmanager
    ServiceMonitor ServiceMonitor-kubelet
    ServiceMonitor ServiceMonitor-kube-state-metrics
    ServiceMonitor ServiceMonitor-opentelemetry-operator
    ServiceMonitor ServiceMonitor-victoria-logs
    ServiceMonitor ServiceMonitor-grafana
    ServiceMonitor ServiceMonitor-grafana-operator
    ServiceMonitor ServiceMonitor-prometheus-operator
    ServiceMonitor ServiceMonitor-cert-manager
  Jaeger jaeger
    ServiceAccount jaeger
    OpenTelemetryCollector OpenTelemetryCollector-jaeger < ServiceAccount jaeger, OpenTelemetryOperator opentelemetry-operator
  Logs logs
    ServiceAccount victoria-logs
    Service victoria-logs
    StatefulSet victoria-logs < ServiceAccount victoria-logs
  Grafana grafana
    RandomPassword grafana-admin
    Secret grafana-admin-credentials
    Grafana Grafana-grafana < Secret grafana-admin-credentials, GrafanaOperator grafana-operator
    GrafanaDatasource GrafanaDatasource-prometheus < Grafana Grafana-grafana
    GrafanaDatasource GrafanaDatasource-jaeger < Grafana Grafana-grafana
    GrafanaDatasource GrafanaDatasource-victoria-logs < Grafana Grafana-grafana
  Dashboards dashboards < Grafana grafana
    GrafanaFolder GrafanaFolder-fluffy-folder-applications
    GrafanaFolder GrafanaFolder-fluffy-folder-platform
    GrafanaDashboard GrafanaDashboard-fluffy-api < GrafanaFolder GrafanaFolder-fluffy-folder-applications
    GrafanaDashboard GrafanaDashboard-fluffy-services < GrafanaFolder GrafanaFolder-fluffy-folder-applications
    GrafanaDashboard GrafanaDashboard-fluffy-collector < GrafanaFolder GrafanaFolder-fluffy-folder-platform
    GrafanaDashboard GrafanaDashboard-fluffy-platform < GrafanaFolder GrafanaFolder-fluffy-folder-platform
    GrafanaDashboard GrafanaDashboard-fluffy-workloads < GrafanaFolder GrafanaFolder-fluffy-folder-applications
    GrafanaDashboard GrafanaDashboard-fluffy-nodes < GrafanaFolder GrafanaFolder-fluffy-folder-platform
    GrafanaDashboard GrafanaDashboard-fluffy-logs < GrafanaFolder GrafanaFolder-fluffy-folder-applications
  LogAgent log-agent
    ServiceAccount logs
    ClusterRole observability-node-agents-logs
    ClusterRoleBinding observability-node-agents-logs < ServiceAccount logs, ClusterRole observability-node-agents-logs
    OpenTelemetryCollector OpenTelemetryCollector-logs < ServiceAccount logs, ClusterRoleBinding observability-node-agents-logs, OpenTelemetryOperator opentelemetry-operator, Logs logs
  Collector collector
    ServiceAccount otel
    ClusterRole observability-otel
    ClusterRoleBinding observability-otel < ServiceAccount otel, ClusterRole observability-otel
    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Jaeger jaeger, Logs logs
  Instrumentation instrumentation < OpenTelemetryOperator opentelemetry-operator, Collector collector
    Instrumentation Instrumentation-python
SampleApi sample-api < Instrumentation instrumentation
  InstrumentedApi python-api
    ConfigMap python-api-injection
    Deployment python-api
    Service python-api
PublicOutputs public-outputs < Namespaces namespaces
  ConfigMap fluffy-observability < Instrumentation instrumentation
  Role fluffy-observability
  RoleBinding fluffy-observability < Role fluffy-observability`;

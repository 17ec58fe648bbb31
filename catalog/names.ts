/**
 * Every name and port that two files need, spelled once.
 * The operators derive the names of their Services from the names of the custom resources, so each of them is fixed.
 */

/** The namespaces of the stack. `kube-system` is the cluster's own and is never created here. */
export const namespaces = {
  observability: "observability",
  /** What runs on every node; its pods mount folders of the node. */
  nodeAgents: "observability-node-agents",
  certManager: "cert-manager",
  prometheusOperator: "prometheus-operator",
  openTelemetryOperator: "opentelemetry-operator-system",
  grafanaOperator: "grafana-operator",
  metricsServer: "kube-system",
  sampleApi: "python-api",
} as const;

/** Ports that users know, by what listens there. */
export const ports = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  /** The collector's `prometheus` exporters: what the applications sent, by the type of metric, and what was made of spans. */
  collectorHistograms: 8889,
  collectorCounters: 8890,
  collectorGauges: 8891,
  collectorSpanMetrics: 8892,
  /** How many log records passed. */
  collectorLogRecords: 8893,
  /** The collector's own telemetry. */
  collectorSelf: 8888,
  jaegerQuery: 16686,
  jaegerQueryGrpc: 16685,
  prometheus: 9090,
  alertmanager: 9093,
  grafana: 3000,
  logs: 9428,
  /** Where the store of logs takes them over TLS. */
  logsTls: 9429,
  kubeStateMetrics: 8080,
  oauth2Proxy: 4180,
  sampleApi: 8000,
} as const;

/**
 * The host at which the stack's programs listen. Go takes it for every address, of IPv6 and of IPv4, and goes on where a kernel is without
 * IPv6, which `[::]` does not. Where it is left out, the OpenTelemetry operator writes it, and what was applied is not what there is.
 */
export const everyAddress = "0.0.0.0";

/** Names of the custom resources. */
export const resources = {
  prometheus: "prometheus",
  /** The Secret with Prometheus' token for targets that want one, and the cluster's CA. */
  prometheusToken: "prometheus-token",
  /** The scrape class of Prometheus that knows the CA inside the cluster. */
  scrapeClass: "internal-ca",
  alertmanager: "alertmanager",
  /** The Secret with what is in the setting `alertSecrets`. */
  alertSecret: "alertmanager-receivers",
  collector: "otel",
  /** The second tier, which samples. */
  tailSampler: "otel-sampling",
  instrumentation: "python",
  jaeger: "jaeger",
  /** The `Jaeger` of engine `operator`, named as in upstream's first example. */
  jaegerV1: "simplest",
  logs: "victoria-logs",
  logAgent: "logs",
  grafana: "grafana",
  grafanaAdminSecret: "grafana-admin-credentials",
  /** The Secret with the login to the metrics of a Grafana that has a host name. */
  grafanaMetrics: "grafana-metrics",
  kubeStateMetrics: "kube-state-metrics",
  /** What asks for a login; what it stands before follows in the name of each. */
  oauth2Proxy: "oauth2-proxy",
  /** The Secret with the key of its cookies. */
  oauth2ProxyCookie: "oauth2-proxy-cookie",
  /** The certificate of the public hosts, and its Secret. */
  publicCertificate: "public-hosts",
  /** The CA inside the cluster: its Certificate, its Secret, and the ClusterIssuer that signs with it. */
  internalCa: "fluffy-observability-ca",
  /** The Secret with the CA in each namespace that needs it, and its Certificate. */
  otlpCa: "otlp-ca",
  sampleApi: "python-api",
} as const;

/** Key of the Secret that the setting `oidc.clientSecret` names. */
export const clientSecretKey = "client-secret";

/** Where the image of the sample API has its packages: a test reads its Dockerfile. */
export const sampleApiSitePackages = "/venv/lib/python3.13/site-packages";

/** Grafana's uids of the data sources: dashboards and links refer to them, so they never change. */
export const datasourceUids = { prometheus: "prometheus", jaeger: "jaeger", logs: "victoria-logs" } as const;

/** Names of the Services: the operators make them for those custom resources, but for Prometheus', the logs' and the sample API's. */
export const services = {
  /** The stack's own: the operator's has no address, and so no affinity. */
  prometheus: resources.prometheus,
  alertmanager: "alertmanager-operated",
  grafana: `${resources.grafana}-service`,
  collector: `${resources.collector}-collector`,
  /** What the collector and Jaeger v2 say about themselves. */
  collectorSelf: `${resources.collector}-collector-monitoring`,
  /** Its name is answered with the address of each pod that is ready. */
  tailSamplerPods: `${resources.tailSampler}-collector-headless`,
  tailSamplerSelf: `${resources.tailSampler}-collector-monitoring`,
  jaegerSelf: `${resources.jaeger}-collector-monitoring`,
  jaegerQuery: `${resources.jaeger}-collector-extension`,
  jaegerOtlp: `${resources.jaeger}-collector`,
  jaegerV1Query: `${resources.jaegerV1}-query`,
  jaegerV1Otlp: `${resources.jaegerV1}-collector`,
  logs: resources.logs,
  logAgent: `${resources.logAgent}-collector`,
  logAgentSelf: `${resources.logAgent}-collector-monitoring`,
  kubeStateMetrics: resources.kubeStateMetrics,
  sampleApi: resources.sampleApi,
} as const;

/** The label `job` of what Prometheus scrapes: the name of the Service, or namespace and name of a PodMonitor. */
export const jobs = {
  /** What applications sent: the collector shows it. */
  applications: services.collector,
  collector: services.collectorSelf,
  tailSampler: services.tailSamplerSelf,
  jaeger: services.jaegerSelf,
  jaegerV1: `${namespaces.observability}/${resources.jaeger}`,
  logs: services.logs,
  logAgent: services.logAgentSelf,
  logAgentCounts: services.logAgent,
  prometheus: "prometheus-operated",
  alertmanager: services.alertmanager,
  grafana: services.grafana,
  certManager: "cert-manager",
  prometheusOperator: "prometheus-operator",
  openTelemetryOperator: "opentelemetry-operator-controller-manager-metrics-service",
  grafanaOperator: "grafana-operator-metrics-service",
  jaegerOperator: "jaeger-operator-metrics",
  kubeStateMetrics: services.kubeStateMetrics,
  /** The kubelets, for what is left on volumes and what containers and nodes use. */
  kubelet: "kubelet",
} as const;

/** The port of the collector's Service that shows the applications' histograms, of which all objectives are made. */
export const histogramsPort = "prometheus-hist";

/** Where the Prometheus operator keeps the Service of the kubelets. */
export const kubeletNamespace = "kube-system";

/**
 * The host name of a Service inside the cluster.
 *
 * @param service name of the Service
 * @param namespace namespace of the Service
 */
export function serviceHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

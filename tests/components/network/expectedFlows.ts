/** The flows of stack prod, written out beside the table that makes policies, page and the other tests: `FROM, FROM → TO PORTS`. */
export const flowsOfProd: readonly string[] = [
  "any pod, sampleApi → collector 4317, 4318",
  "collector → jaeger 4317",
  "collector, logAgent, grafana, prometheus → logs 9429",
  "prometheus → collector 8888, 8889, 8890, 8891, 8892, 8893",
  "prometheus → logAgent 8888, 8893",
  "prometheus → kubeStateMetrics 8080",
  "prometheus → jaeger 8888",
  "prometheus, grafana, jaeger → prometheus 9090",
  "prometheus, grafanaOperator → grafana 3000",
  "prometheus → certManager 9402",
  "prometheus → prometheusOperator 8080",
  "prometheus → openTelemetryOperator 8443",
  "prometheus → grafanaOperator 9090",
  "prometheus → pods of other namespaces all",
  "prometheus → nodes 10250",
  "prometheus → alertmanager 9093",
  "alertmanager → alertmanager 9094, 9094/UDP",
  "alertmanager → any address 443, 587",
  "grafana → jaeger 16686",
  "grafana, sampleApi → any address 443",
  "certManager → any address 443, 80, 53/UDP, 53",
  "any pod → sampleApi 8000",
  "collector, logAgent, kubeStateMetrics, prometheus → API server 443, 6443",
  "certManager, certManagerWebhook, certManagerCainjector, certManagerStartupCheck → API server 443, 6443",
  "prometheusOperator, openTelemetryOperator, grafanaOperator → API server 443, 6443",
  "API server → certManagerWebhook 10250",
  "API server → openTelemetryOperator 9443",
  "collector, logAgent, jaeger, logs, prometheus, alertmanager, grafana, kubeStateMetrics, sampleApi → DNS 53/UDP, 53",
  "certManagerWebhook, certManagerCainjector, certManagerStartupCheck → DNS 53/UDP, 53",
  "prometheusOperator, openTelemetryOperator, grafanaOperator → DNS 53/UDP, 53",
];

/** Other settings, with the flows that prod has and they have not, and the other way round. */
export interface FlowVariant {
  /** @default "prod" */
  readonly stack?: string;
  readonly settings: Readonly<Record<string, object | string>>;
  readonly without: readonly string[];
  readonly with: readonly string[];
}

const logsOverTls = "collector, logAgent, grafana, prometheus → logs 9429";
const logsInTheClear = "collector, logAgent, grafana, prometheus → logs 9428";

const jaegerInside = [
  "collector → jaeger 4317",
  "prometheus → jaeger 8888",
  "jaeger → prometheus 9090",
  "grafana → jaeger 16686",
  "jaeger → DNS 53/UDP, 53",
];

const elasticsearch = { storage: "elasticsearch", elasticsearchUrl: "https://elasticsearch.example.org:9200" };

export const flowVariants: Readonly<Record<string, FlowVariant>> = {
  prod: { settings: {}, without: [], with: [] },
  dev: {
    ...{ stack: "dev", settings: {} },
    without: [logsOverTls, "alertmanager → alertmanager 9094, 9094/UDP"],
    with: [logsInTheClear],
  },
  "Jaeger on Elasticsearch": {
    settings: { jaeger: elasticsearch },
    without: [],
    with: ["jaeger → any address 9200"],
  },
  "Jaeger elsewhere": {
    settings: {
      parts: { jaeger: false },
      jaeger: { endpoint: "jaeger.example.org:4317", url: "https://jaeger.example.org" },
    },
    without: jaegerInside,
    // Grafana's plug-in for logs takes the same port.
    with: ["collector → any address 4317", "grafana → any address 443"],
  },
  "logs elsewhere": {
    settings: { logs: { otlpEndpoint: "https://logs.example.org/otlp", url: "https://logs.example.org" } },
    without: [logsOverTls, "logs → DNS 53/UDP, 53", "grafana → any address 443"],
    with: ["collector, logAgent → any address 443", "grafana → any address 443"],
  },
  "engine operator on Elasticsearch": {
    settings: {
      ...{ jaegerEngine: "operator", tls: { internal: false } },
      jaeger: { ...elasticsearch, elasticsearchIndexPrefix: "prod", elasticsearchRetentionDays: 7 },
    },
    without: [logsOverTls, ...jaegerInside],
    with: [
      logsInTheClear,
      "collector → jaegerV1 4317",
      "prometheus → jaegerV1 14269",
      "prometheus → jaegerOperator 8443",
      "grafana → jaegerV1 16686",
      "jaegerV1, jaegerIndexCleaner → any address 9200",
      "jaegerOperator → API server 443, 6443",
      "API server → jaegerOperator 9443",
      "jaegerV1, jaegerIndexCleaner, jaegerOperator → DNS 53/UDP, 53",
    ],
  },
};

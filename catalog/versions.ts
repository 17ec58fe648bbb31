/** Every version and image of the platform. What follows from it, `npm run upgrade` changes too: docs/versions.md, artifacts.lock.json, the golden files. */

const versions = {
  certManager: "v1.21.1",
  prometheusOperator: "v0.93.0",
  openTelemetryOperator: "v0.158.0",
  jaegerOperator: "v1.65.0",
  grafanaOperator: "5.24.0",
  metricsServer: "v0.9.0",
  prometheus: "v3.13.1",
  alertmanager: "v0.33.1",
  collector: "0.158.0",
  jaeger: "2.20.0",
  jaegerV1: "1.65.0",
  grafana: "13.1.3",
  victoriaLogs: "v1.52.1",
  victoriaLogsDatasource: "0.30.1",
  kubeStateMetrics: "v2.18.0",
  oauth2Proxy: "v7.15.6",
  pythonAutoInstrumentation: "0.64b0",
  nodejsAutoInstrumentation: "0.78.0",
  javaAutoInstrumentation: "2.30.0",
  dotnetAutoInstrumentation: "1.16.0",
  goAutoInstrumentation: "v0.24.0",
} as const;

export { versions };

/** A release manifest of an operator. */
export interface BundleSpec {
  /** Name of the chart it becomes, and of its file in a mirror. */
  readonly name: string;
  /** The release's tag, a semantic version with or without `v`. */
  readonly version: string;
  /** Where upstream has it. */
  readonly url: string;
}

/** A chart of a repository or registry. */
export interface ChartSpec {
  /** Name of its file in a mirror. */
  readonly name: string;
  readonly version: string;
  /** The chart's name in `repo`, or its `oci://` address. */
  readonly chart: string;
  /** URL of the chart repository; none for `oci://`. */
  readonly repo?: string;
}

/** Release manifests that the stack wraps as local charts. The name and version make the file's name in a mirror. */
export const bundles = {
  prometheusOperator: {
    name: "prometheus-operator",
    version: versions.prometheusOperator,
    url: `https://github.com/prometheus-operator/prometheus-operator/releases/download/${versions.prometheusOperator}/bundle.yaml`,
  },
  openTelemetryOperator: {
    name: "opentelemetry-operator",
    version: versions.openTelemetryOperator,
    url: `https://github.com/open-telemetry/opentelemetry-operator/releases/download/${versions.openTelemetryOperator}/opentelemetry-operator.yaml`,
  },
  jaegerOperator: {
    name: "jaeger-operator",
    version: versions.jaegerOperator,
    url: `https://github.com/jaegertracing/jaeger-operator/releases/download/${versions.jaegerOperator}/jaeger-operator.yaml`,
  },
  grafanaOperatorCrds: {
    name: "grafana-operator-crds",
    version: `v${versions.grafanaOperator}`,
    url: `https://raw.githubusercontent.com/grafana/grafana-operator/v${versions.grafanaOperator}/deploy/kustomize/base/crds.yaml`,
  },
  metricsServer: {
    name: "metrics-server",
    version: versions.metricsServer,
    url: `https://github.com/kubernetes-sigs/metrics-server/releases/download/${versions.metricsServer}/components.yaml`,
  },
} as const satisfies Record<string, BundleSpec>;

/** Charts that Helm fetches by version. */
export const charts = {
  certManager: {
    name: "cert-manager",
    version: versions.certManager,
    chart: "cert-manager",
    repo: "https://charts.jetstack.io",
  },
  // Upstream's own chart: Bitnami's images moved away.
  grafanaOperator: {
    name: "grafana-operator",
    version: versions.grafanaOperator,
    chart: "oci://ghcr.io/grafana/helm-charts/grafana-operator",
  },
} as const satisfies Record<string, ChartSpec>;

/** Images that the stack names in a custom resource. */
export const images = {
  prometheus: `quay.io/prometheus/prometheus:${versions.prometheus}`,
  alertmanager: `quay.io/prometheus/alertmanager:${versions.alertmanager}`,
  collector: `ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:${versions.collector}`,
  jaeger: `docker.io/jaegertracing/jaeger:${versions.jaeger}`,
  jaegerV1: `docker.io/jaegertracing/all-in-one:${versions.jaegerV1}`,
  jaegerIndexCleaner: `docker.io/jaegertracing/jaeger-es-index-cleaner:${versions.jaegerV1}`,
  grafana: `docker.io/grafana/grafana:${versions.grafana}`,
  victoriaLogs: `docker.io/victoriametrics/victoria-logs:${versions.victoriaLogs}`,
  kubeStateMetrics: `registry.k8s.io/kube-state-metrics/kube-state-metrics:${versions.kubeStateMetrics}`,
  oauth2Proxy: `quay.io/oauth2-proxy/oauth2-proxy:${versions.oauth2Proxy}`,
} as const;

/** What the operator injects, by language: the versions that its release names. Tags have no `v`, but for Go's. */
export const instrumentationImages = {
  python: `ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-python:${versions.pythonAutoInstrumentation}`,
  nodejs: `ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-nodejs:${versions.nodejsAutoInstrumentation}`,
  java: `ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-java:${versions.javaAutoInstrumentation}`,
  dotnet: `ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-dotnet:${versions.dotnetAutoInstrumentation}`,
  go: `ghcr.io/open-telemetry/opentelemetry-go-instrumentation/autoinstrumentation-go:${versions.goAutoInstrumentation}`,
} as const;

/** Images inside a release manifest that can no longer be pulled, and where the same image is now. */
export const replacedImages: Readonly<Record<string, string>> = {
  // The repository was deleted in 2026; the project's author publishes the same tag.
  "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1": "quay.io/brancz/kube-rbac-proxy:v0.13.1",
};

/** Images that each operator's release pulls, replacements applied. A test with the release manifests holds this table. */
export const operatorImages = {
  certManager: ["controller", "webhook", "cainjector", "acmesolver", "startupapicheck"].map(
    (part) => `quay.io/jetstack/cert-manager-${part}:${versions.certManager}`,
  ),
  prometheusOperator: [
    `quay.io/prometheus-operator/prometheus-operator:${versions.prometheusOperator}`,
    `quay.io/prometheus-operator/prometheus-config-reloader:${versions.prometheusOperator}`,
  ],
  openTelemetryOperator: [
    `ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator:${versions.openTelemetryOperator.slice(1)}`,
  ],
  jaegerOperator: [
    `quay.io/jaegertracing/jaeger-operator:${versions.jaegerOperator.slice(1)}`,
    "quay.io/brancz/kube-rbac-proxy:v0.13.1",
  ],
  grafanaOperator: [`ghcr.io/grafana/grafana-operator:v${versions.grafanaOperator}`],
  metricsServer: [`registry.k8s.io/metrics-server/metrics-server:${versions.metricsServer}`],
} as const satisfies Record<string, readonly string[]>;

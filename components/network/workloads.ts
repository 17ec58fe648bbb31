import { hasAcmeSolver, hasLogStore, hasLoginProxy } from "../../catalog/endpoints.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";

/** Pods that do one job: how a NetworkPolicy finds them. */
export interface Workload {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

const own = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  "app.kubernetes.io/name": name,
  ...more,
});

/** Labels that the operators, and upstream's release manifests, give their pods. */
const known = {
  collector: {
    namespace: namespaces.observability,
    labels: own(`${resources.collector}-collector`, { "app.kubernetes.io/managed-by": "opentelemetry-operator" }),
  },
  tailSampler: {
    namespace: namespaces.observability,
    labels: own(`${resources.tailSampler}-collector`, { "app.kubernetes.io/managed-by": "opentelemetry-operator" }),
  },
  jaeger: {
    namespace: namespaces.observability,
    labels: own(`${resources.jaeger}-collector`, { "app.kubernetes.io/managed-by": "opentelemetry-operator" }),
  },
  jaegerV1: { namespace: namespaces.observability, labels: { app: "jaeger", ...own(resources.jaegerV1) } },
  jaegerIndexCleaner: {
    namespace: namespaces.observability,
    labels: { app: "jaeger", "app.kubernetes.io/component": "cronjob-es-index-cleaner" },
  },
  prometheus: {
    namespace: namespaces.observability,
    labels: own("prometheus", { "app.kubernetes.io/instance": resources.prometheus }),
  },
  alertmanager: {
    namespace: namespaces.observability,
    labels: own("alertmanager", { "app.kubernetes.io/instance": resources.alertmanager }),
  },
  grafana: { namespace: namespaces.observability, labels: { app: resources.grafana } },
  logs: { namespace: namespaces.observability, labels: own(resources.logs) },
  logAgent: {
    namespace: namespaces.nodeAgents,
    labels: own(`${resources.logAgent}-collector`, { "app.kubernetes.io/managed-by": "opentelemetry-operator" }),
  },
  kubeStateMetrics: { namespace: namespaces.observability, labels: own(resources.kubeStateMetrics) },
  oauth2Proxy: { namespace: namespaces.observability, labels: own(resources.oauth2Proxy) },
  acmeSolver: { namespace: namespaces.observability, labels: { "acme.cert-manager.io/http01-solver": "true" } },
  sampleApi: { namespace: namespaces.sampleApi, labels: own(resources.sampleApi) },
  certManager: { namespace: namespaces.certManager, labels: own("cert-manager") },
  certManagerWebhook: { namespace: namespaces.certManager, labels: own("webhook") },
  certManagerCainjector: { namespace: namespaces.certManager, labels: own("cainjector") },
  certManagerStartupCheck: { namespace: namespaces.certManager, labels: own("startupapicheck") },
  prometheusOperator: { namespace: namespaces.prometheusOperator, labels: own("prometheus-operator") },
  openTelemetryOperator: {
    namespace: namespaces.openTelemetryOperator,
    labels: own("opentelemetry-operator", { "control-plane": "controller-manager" }),
  },
  jaegerOperator: { namespace: namespaces.observability, labels: { name: "jaeger-operator" } },
  grafanaOperator: { namespace: namespaces.grafanaOperator, labels: own("grafana-operator") },
} as const satisfies Record<string, Workload>;

/** The name of a workload of the stack. */
export type WorkloadName = keyof typeof known;

/** Every workload that some settings ask for. */
export const allWorkloads: Readonly<Record<WorkloadName, Workload>> = known;

/** The workloads of a stack. */
export function stackWorkloads(settings: Settings): WorkloadName[] {
  const { parts, jaegerEngine, jaeger, collector } = settings;
  const v1 = parts.jaeger && jaegerEngine === "operator";
  const present: Readonly<Record<WorkloadName, boolean>> = {
    collector: true,
    tailSampler: collector.tailSampling.enabled,
    jaeger: parts.jaeger && !v1,
    jaegerV1: v1,
    jaegerIndexCleaner: v1 && jaeger.elasticsearchRetentionDays > 0,
    prometheus: true,
    alertmanager: true,
    grafana: parts.grafana,
    logs: hasLogStore(settings),
    logAgent: parts.logs,
    kubeStateMetrics: parts.clusterMetrics,
    oauth2Proxy: hasLoginProxy(settings),
    acmeSolver: hasAcmeSolver(settings),
    sampleApi: parts.sampleApi,
    certManager: parts.certManager,
    certManagerWebhook: parts.certManager,
    certManagerCainjector: parts.certManager,
    certManagerStartupCheck: parts.certManager,
    prometheusOperator: parts.prometheusOperator,
    openTelemetryOperator: true,
    jaegerOperator: v1,
    grafanaOperator: parts.grafana,
  };
  return (Object.keys(known) as WorkloadName[]).filter((name) => present[name]);
}

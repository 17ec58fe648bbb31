import { hasLogStore } from "../catalog/endpoints.ts";
import { jobs, namespaces } from "../catalog/names.ts";
import type { Settings } from "../settings/read.ts";
import type { Program } from "./platformJob.ts";

/** What decides how many pods the platform has. */
export type PlatformSize = Pick<
  Settings,
  "parts" | "jaegerEngine" | "prometheus" | "alertmanager" | "collector" | "logs"
>;

/** A program of the platform, and as how many targets Prometheus must know it at least. */
export interface ExpectedTargets extends Program {
  readonly number: number;
}

/** The programs that the stack installs, with the numbers of its settings. */
export function expectedTargets(size: PlatformSize): ExpectedTargets[] {
  const { parts, jaegerEngine } = size;
  const own = (job: string, number = 1) => ({ job, namespace: namespaces.observability, number });
  const operator = (job: string, namespace: string) => ({ job, namespace, number: 1 });
  return [
    own(jobs.prometheus, size.prometheus.replicas * size.prometheus.shards),
    own(jobs.alertmanager, size.alertmanager.replicas),
    own(jobs.collector, size.collector.replicas),
    ...(size.collector.tailSampling.enabled ? [own(jobs.tailSampler, size.collector.tailSampling.replicas)] : []),
    ...(parts.jaeger ? [own(jaegerJob(jaegerEngine))] : []),
    ...(hasLogStore(size) ? [own(jobs.logs)] : []),
    // One for each node, as below.
    ...(parts.logs
      ? [operator(jobs.logAgent, namespaces.nodeAgents), operator(jobs.logAgentCounts, namespaces.nodeAgents)]
      : []),
    ...(parts.grafana ? [own(jobs.grafana), operator(jobs.grafanaOperator, namespaces.grafanaOperator)] : []),
    operator(jobs.openTelemetryOperator, namespaces.openTelemetryOperator),
    ...(parts.clusterMetrics ? [own(jobs.kubeStateMetrics)] : []),
    ...(parts.prometheusOperator ? [operator(jobs.prometheusOperator, namespaces.prometheusOperator)] : []),
    ...(parts.certManager ? [operator(jobs.certManager, namespaces.certManager)] : []),
    ...(parts.jaeger && jaegerEngine === "operator" ? [own(jobs.jaegerOperator)] : []),
    // One for each node; the settings do not know how many there are.
    operator(jobs.kubelet, "kube-system"),
  ];
}

/** The job of Jaeger, by what runs it. */
export function jaegerJob(engine: Settings["jaegerEngine"]): string {
  return engine === "v2" ? jobs.jaeger : jobs.jaegerV1;
}

import { hasLogStore, hasLoginProxy } from "../catalog/endpoints.ts";
import type { Settings } from "../settings/read.ts";
import { versions } from "../catalog/versions.ts";

/** The version of each part that the stack installs, by its name. */
export function platformVersions(settings: Settings): Readonly<Record<string, string>> {
  const { parts, jaegerEngine, instrumentation } = settings;
  const absent: Readonly<Record<keyof typeof versions, boolean>> = {
    certManager: !parts.certManager,
    prometheusOperator: !parts.prometheusOperator,
    openTelemetryOperator: false,
    jaegerOperator: !parts.jaeger || jaegerEngine !== "operator",
    grafanaOperator: !parts.grafana,
    metricsServer: !parts.metricsServer,
    prometheus: false,
    alertmanager: false,
    collector: false,
    jaeger: !parts.jaeger || jaegerEngine !== "v2",
    jaegerV1: !parts.jaeger || jaegerEngine !== "operator",
    grafana: !parts.grafana,
    victoriaLogs: !hasLogStore(settings),
    victoriaLogsDatasource: !hasLogStore(settings) || !parts.grafana,
    kubeStateMetrics: !parts.clusterMetrics,
    oauth2Proxy: !hasLoginProxy(settings),
    pythonAutoInstrumentation: false,
    nodejsAutoInstrumentation: false,
    javaAutoInstrumentation: false,
    dotnetAutoInstrumentation: false,
    goAutoInstrumentation: !instrumentation.goInjection,
  };
  return Object.fromEntries(Object.entries(versions).filter(([name]) => !absent[name as keyof typeof versions]));
}

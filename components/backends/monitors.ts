import * as pulumi from "@pulumi/pulumi";
import { customResource } from "../customResources/customResource.ts";
import type { MonitorEndpoint, PodMonitorSpec, ServiceMonitorSpec } from "../customResources/monitors.ts";
import { hasLogStore, isEncrypted } from "../../catalog/endpoints.ts";
import { publicUrls } from "../../catalog/publicUrls.ts";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import { namespaces, resources, services } from "../../catalog/names.ts";
import { logCountsExporter } from "../telemetry/logCounts.ts";
import { metricKinds, spanMetricsExporter } from "../telemetry/metricKinds.ts";
import type { Settings } from "../../settings/read.ts";
import { clusterState, kubelets } from "./clusterMonitors.ts";
import { instanceLabels } from "./grafanaInstance.ts";
import { metricsLogin, metricsSecret } from "./grafanaMetrics.ts";
import { clusterCa, ofOwnNamespace, secured, selfSigned, type Target } from "./monitorTarget.ts";
import { scrapedOverTls } from "./prometheusTls.ts";

type MonitorSettings = Pick<
  Settings,
  "access" | "parts" | "jaegerEngine" | "logs" | "metricsServer" | "collector" | "tls"
>;

/**
 * What makes Prometheus scrape the collector with what applications sent, and the platform itself: backends, operators,
 * cert-manager, and the room on volumes. Of Jaeger v2 the OpenTelemetry operator makes the monitor.
 */
export class Monitors extends pulumi.ComponentResource {
  constructor(name: string, settings: MonitorSettings, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Monitors", name, {}, opts);
    const object = (monitor: string) => ({
      name: monitor,
      namespace: namespaces.observability,
      labels: labels({ name: monitor, component: "monitor" }),
    });
    // The operator rejects a monitor whose Secret is not there.
    const login = hasPublicGrafana(settings) ? [metricsSecret({ parent: this })] : [];
    for (const [monitor, spec] of Object.entries(serviceMonitors(settings))) {
      const dependsOn = monitor === resources.grafana ? login : [];
      customResource("ServiceMonitor", { ...object(monitor), spec }, { parent: this, dependsOn });
    }
    for (const [monitor, spec] of Object.entries(podMonitors(settings))) {
      customResource("PodMonitor", { ...object(monitor), spec }, { parent: this });
    }
    this.registerOutputs({});
  }
}

/** The ServiceMonitors by name, for the parts that the stack installs. */
export function serviceMonitors(settings: MonitorSettings): Record<string, ServiceMonitorSpec> {
  const { parts, jaegerEngine, metricsServer, collector } = settings;
  const targets: Record<string, Target> = {
    ...collectorMonitors(parts.logs, collector.tailSampling.enabled, settings.tls.internal),
    prometheus: web("prometheus", settings),
    alertmanager: web("alertmanager", settings),
    kubelet: kubelets(metricsServer.kubeletInsecureTls ? selfSigned : clusterCa, parts.clusterMetrics),
    ...(parts.clusterMetrics ? { "kube-state-metrics": clusterState } : {}),
    "opentelemetry-operator": {
      namespace: namespaces.openTelemetryOperator,
      matchLabels: { "app.kubernetes.io/name": "opentelemetry-operator", "control-plane": "controller-manager" },
      endpoints: [{ port: "https", ...secured, ...selfSigned }],
    },
    ...(hasLogStore(settings) ? { [resources.logs]: logStore(settings.tls) } : {}),
    ...(parts.grafana
      ? {
          grafana: {
            ...ofOwnNamespace(instanceLabels, "grafana"),
            endpoints: [{ port: "grafana", ...(hasPublicGrafana(settings) ? { basicAuth: metricsLogin } : {}) }],
          },
          "grafana-operator": {
            namespace: namespaces.grafanaOperator,
            matchLabels: { "app.kubernetes.io/name": "grafana-operator" },
            endpoints: [{ port: "metrics" }],
          },
        }
      : {}),
    ...(parts.prometheusOperator
      ? {
          "prometheus-operator": {
            namespace: namespaces.prometheusOperator,
            matchLabels: { "app.kubernetes.io/name": "prometheus-operator" },
            endpoints: [{ port: "http" }],
          },
        }
      : {}),
    ...(parts.certManager
      ? {
          "cert-manager": {
            namespace: namespaces.certManager,
            matchLabels: {
              "app.kubernetes.io/name": "cert-manager",
              "app.kubernetes.io/component": "controller",
            },
            endpoints: [{ port: "http-metrics" }],
          },
        }
      : {}),
    ...(parts.jaeger && jaegerEngine === "operator"
      ? {
          "jaeger-operator": {
            namespace: namespaces.observability,
            matchLabels: { "app.kubernetes.io/component": "metrics", name: "jaeger-operator" },
            endpoints: [{ port: "https", ...secured, ...selfSigned }],
          },
        }
      : {}),
  };
  return Object.fromEntries(
    Object.entries(targets).map(([name, { namespace, matchLabels, endpoints, ...job }]) => [
      name,
      {
        ...{ namespaceSelector: { matchNames: [namespace] }, selector: { matchLabels }, ...job },
        ...(endpoints.some(isChecked) ? { scrapeClass: resources.scrapeClass } : {}),
        endpoints: [...endpoints],
      },
    ]),
  );
}

/** Whether its certificate is of the platform's CA, which the scrape class has. */
function isChecked({ tlsConfig }: MonitorEndpoint): boolean {
  return tlsConfig !== undefined && "serverName" in tlsConfig;
}

/** Prometheus or Alertmanager. */
function web(part: "prometheus" | "alertmanager", settings: MonitorSettings): Target {
  const tls = isEncrypted(part, settings) ? scrapedOverTls(services[part]) : {};
  return ofOwnNamespace({ [`operated-${part}`]: "true" }, "web", tls);
}

/** The store of logs, which has an address for either way. */
function logStore({ internal }: Settings["tls"]): Target {
  const selected = selectorLabels({ name: resources.logs });
  return internal ? ofOwnNamespace(selected, "https", scrapedOverTls(services.logs)) : ofOwnNamespace(selected, "http");
}

/** Whether people open Grafana by a host name; only what the stack makes can have one. */
function hasPublicGrafana(settings: Pick<Settings, "access">): boolean {
  return publicUrls(settings).grafana !== null;
}

/** The PodMonitors by name. Jaeger v1 has two Services with the same labels, so its pod is scraped instead. */
export function podMonitors({
  parts,
  jaegerEngine,
}: Pick<Settings, "parts" | "jaegerEngine">): Record<string, PodMonitorSpec> {
  if (!parts.jaeger || jaegerEngine === "v2") return {};
  return {
    [resources.jaeger]: {
      namespaceSelector: { matchNames: [namespaces.observability] },
      selector: { matchLabels: { app: "jaeger", "app.kubernetes.io/instance": resources.jaegerV1 } },
      podMetricsEndpoints: [{ port: "admin-http" }],
    },
  };
}

/** One of the Services that the operator makes for the collector. */
const ofCollector = (
  type: "base" | "monitoring",
  namespace: string = namespaces.observability,
  name: string = resources.collector,
) => ({
  namespace,
  matchLabels: {
    "app.kubernetes.io/instance": `${namespace}.${name}`,
    "operator.opentelemetry.io/collector-service-type": type,
  },
});

/** The operator's name of an exporter's port. */
const portName = (exporter: string) => exporter.replace("/", "-");

/**
 * The monitors of the collector. Of what applications sent no label says which pod of the collector showed it: a series goes on when the
 * collector is made anew, or its application meets another one, and is not counted twice. What is made of spans each pod counts itself.
 */
const collectorMonitors = (logs: boolean, tailSampling: boolean, encrypted: boolean): Record<string, Target> => {
  // Their own metrics are not: `service.telemetry` of a collector has no TLS for them.
  const tls = encrypted ? scrapedOverTls(services.collector) : {};
  const agentsTls = encrypted ? scrapedOverTls(services.logAgent, namespaces.nodeAgents) : {};
  return {
    applications: {
      ...ofCollector("base"),
      endpoints: [
        ...Object.values(metricKinds).map(({ exporter }): MonitorEndpoint => ({
          ...{ port: portName(exporter), ...tls },
          trackTimestampsStaleness: true,
          metricRelabelings: [{ regex: "pod|instance", action: "labeldrop" }],
        })),
        { port: portName(spanMetricsExporter.exporter), ...tls },
        ...(logs ? [{ port: portName(logCountsExporter.exporter), ...tls }] : []),
      ],
    },
    collector: { ...ofCollector("monitoring"), endpoints: [{ port: "monitoring" }] },
    ...(tailSampling
      ? {
          "tail-sampler": {
            ...ofCollector("monitoring", namespaces.observability, resources.tailSampler),
            endpoints: [{ port: "monitoring" }],
          },
        }
      : {}),
    ...(logs
      ? {
          "log-agent": {
            ...ofCollector("monitoring", namespaces.nodeAgents, resources.logAgent),
            endpoints: [{ port: "monitoring" }],
          },
          "log-agent-counts": {
            ...ofCollector("base", namespaces.nodeAgents, resources.logAgent),
            endpoints: [{ port: portName(logCountsExporter.exporter), ...agentsTls }],
          },
        }
      : {}),
  };
};

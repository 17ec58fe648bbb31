import * as pulumi from "@pulumi/pulumi";
import { customResource } from "../customResources/customResource.ts";
import type { MonitorEndpoint, PodMonitorSpec, ServiceMonitorSpec } from "../customResources/monitors.ts";
import { hasLogStore } from "../endpoints.ts";
import { labels, selectorLabels } from "../labels.ts";
import { jobs, kubeletNamespace, namespaces, resources } from "../names.ts";
import { logCountsExporter } from "../telemetry/logCounts.ts";
import { metricKinds, spanMetricsExporter } from "../telemetry/metricKinds.ts";
import type { Settings } from "../settings.ts";
import { instanceLabels } from "./grafanaInstance.ts";

/** A target of Prometheus: a Service, found by its labels, and the ports that show its metrics. */
interface Target {
  readonly namespace: string;
  readonly matchLabels: Record<string, string>;
  readonly jobLabel?: string;
  readonly endpoints: readonly MonitorEndpoint[];
}

type MonitorSettings = Pick<Settings, "parts" | "jaegerEngine" | "logs" | "metricsServer">;

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
    for (const [monitor, spec] of Object.entries(serviceMonitors(settings))) {
      customResource("ServiceMonitor", { ...object(monitor), spec }, { parent: this });
    }
    for (const [monitor, spec] of Object.entries(podMonitors(settings))) {
      customResource("PodMonitor", { ...object(monitor), spec }, { parent: this });
    }
    this.registerOutputs({});
  }
}

/** The ServiceMonitors by name, for the parts that the stack installs. */
export function serviceMonitors(settings: MonitorSettings): Record<string, ServiceMonitorSpec> {
  const { parts, jaegerEngine, metricsServer } = settings;
  const targets: Record<string, Target> = {
    ...collectorMonitors(parts.logs),
    prometheus: own({ "operated-prometheus": "true" }, "web"),
    alertmanager: own({ "operated-alertmanager": "true" }, "web"),
    kubelet: volumes(metricsServer.kubeletInsecureTls ? selfSigned : clusterCa),
    "opentelemetry-operator": {
      namespace: namespaces.openTelemetryOperator,
      matchLabels: { "app.kubernetes.io/name": "opentelemetry-operator", "control-plane": "controller-manager" },
      endpoints: [{ port: "https", ...secured, ...selfSigned }],
    },
    ...(hasLogStore(settings) ? { [resources.logs]: own(selectorLabels({ name: resources.logs }), "http") } : {}),
    ...(parts.grafana
      ? {
          grafana: own(instanceLabels, "grafana"),
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
      { namespaceSelector: { matchNames: [namespace] }, selector: { matchLabels }, ...job, endpoints: [...endpoints] },
    ]),
  );
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

function own(matchLabels: Record<string, string>, port: string): Target {
  return { namespace: namespaces.observability, matchLabels, endpoints: [{ port }] };
}

/** Metrics that only an authorized caller sees. */
const secured = {
  scheme: "https",
  authorization: { credentials: { name: resources.prometheusToken, key: "token" } },
} as const satisfies Partial<MonitorEndpoint>;

/** A certificate that the target signs itself whenever it starts: there is no CA to verify it by. */
const selfSigned = { tlsConfig: { insecureSkipVerify: true } } as const satisfies Partial<MonitorEndpoint>;

/** A certificate that the cluster's CA signed. */
const clusterCa = {
  tlsConfig: { ca: { secret: { name: resources.prometheusToken, key: "ca.crt" } } },
} as const satisfies Partial<MonitorEndpoint>;

/**
 * The room on volumes, from the kubelets; all else that they show is dropped. The Prometheus operator keeps this Service. Another's has a
 * name of its own, but the same label.
 */
function volumes(verification: Pick<MonitorEndpoint, "tlsConfig">): Target {
  return {
    namespace: kubeletNamespace,
    matchLabels: { "app.kubernetes.io/name": jobs.kubelet },
    jobLabel: "app.kubernetes.io/name",
    endpoints: [
      {
        port: "https-metrics",
        ...secured,
        ...verification,
        metricRelabelings: [
          { sourceLabels: ["__name__"], regex: "kubelet_volume_stats_(available|capacity)_bytes", action: "keep" },
        ],
      },
    ],
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
const collectorMonitors = (logs: boolean): Record<string, Target> => ({
  applications: {
    ...ofCollector("base"),
    endpoints: [
      ...Object.values(metricKinds).map(({ exporter }): MonitorEndpoint => ({
        port: portName(exporter),
        trackTimestampsStaleness: true,
        metricRelabelings: [{ regex: "pod|instance", action: "labeldrop" }],
      })),
      { port: portName(spanMetricsExporter.exporter) },
      ...(logs ? [{ port: portName(logCountsExporter.exporter) }] : []),
    ],
  },
  collector: { ...ofCollector("monitoring"), endpoints: [{ port: "monitoring" }] },
  ...(logs
    ? {
        "log-agent": {
          ...ofCollector("monitoring", namespaces.nodeAgents, resources.logAgent),
          endpoints: [{ port: "monitoring" }],
        },
        "log-agent-counts": {
          ...ofCollector("base", namespaces.nodeAgents, resources.logAgent),
          endpoints: [{ port: portName(logCountsExporter.exporter) }],
        },
      }
    : {}),
});

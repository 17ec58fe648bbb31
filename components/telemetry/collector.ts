import * as pulumi from "@pulumi/pulumi";
import { mebibytes, resourceRequirements } from "../containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { OpenTelemetryCollectorSpec } from "../customResources/openTelemetry.ts";
import { durationSeconds } from "../duration.ts";
import { labels } from "../labels.ts";
import { namespaces, resources } from "../names.ts";
import type { Settings } from "../settings.ts";
import { images, versions } from "../versions.ts";
import { collectorConfig } from "./collectorConfig.ts";

/** What Collector needs. */
export interface CollectorArgs {
  readonly settings: Pick<Settings, "collector" | "instrumentation" | "prometheus">;
  /** host:port of Jaeger's OTLP/gRPC receiver. */
  readonly jaegerEndpoint: string;
}

/** The OpenTelemetry Collector that all applications send to. */
export class Collector extends pulumi.ComponentResource {
  constructor(name: string, args: CollectorArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:telemetry:Collector", name, {}, opts);
    customResource(
      "OpenTelemetryCollector",
      {
        name: resources.collector,
        namespace: namespaces.observability,
        labels: labels({ name: resources.collector, component: "collector", version: versions.collector }),
        spec: collectorSpec(args),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** The collector of the stack, as a pure function of its settings. */
export function collectorSpec({ settings, jaegerEndpoint }: CollectorArgs): OpenTelemetryCollectorSpec {
  const { memoryLimit, replicas, messageSpans, debug } = settings.collector;
  const { ignoredPaths, metricExportIntervalSeconds } = settings.instrumentation;
  // Two exports may be lost before a process counts as gone.
  const gaugeSeconds = 2 * metricExportIntervalSeconds + durationSeconds(settings.prometheus.scrapeInterval);
  return {
    mode: "deployment",
    image: images.collector,
    replicas,
    resources: resourceRequirements({ cpu: "100m", memory: "128Mi", memoryLimit }),
    // Go then collects garbage before the container's limit: the limiter only sees what comes in, not what sending takes.
    env: [{ name: "GOMEMLIMIT", value: `${Math.floor(mebibytes(memoryLimit) * 0.8)}MiB` }],
    // An application whose metrics reached two pods would be counted twice.
    ...(replicas > 1 ? { sessionAffinity: "ClientIP" as const } : {}),
    podSecurityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    },
    // The stack has monitors of its own, see `collectorMonitors`.
    observability: { metrics: { enableMetrics: false } },
    config: collectorConfig({ memoryLimit, jaegerEndpoint, messageSpans, ignoredPaths, gaugeSeconds, debug }),
  };
}

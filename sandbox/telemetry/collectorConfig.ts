import type { CollectorConfig, OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { ports } from "../../catalog/names.ts";
import { eventsElector, eventsReceiver } from "../../components/telemetry/kubernetesEvents.ts";
import { tlsFolder } from "../../components/tls/tlsFiles.ts";
import { clusterProcessor } from "../../components/telemetry/podIdentity.ts";
import type { LiveObject } from "./liveObjects.ts";
import { hostMappings, type LocalPorts, loopbackConfig, type PortMap } from "./loopback.ts";

/** The live collector's configuration for this machine. */
export function localCollectorConfig(
  collector: LiveObject<OpenTelemetryCollectorSpec>,
  local: LocalPorts,
): CollectorConfig {
  return withoutPods(withoutEvents(loopbackCollector(collector, local.collector, local)));
}

/** The sandbox's build has neither the receiver of events nor what elects who runs it. */
function withoutEvents(config: CollectorConfig): CollectorConfig {
  const without = <Value>(all: Readonly<Record<string, Value>>, id: string) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key !== id));
  const { extensions = [], pipelines } = config.service;
  const others = Object.entries(pipelines).filter(([, { receivers }]) => !receivers.includes(eventsReceiver));
  return {
    ...config,
    extensions: without(config.extensions ?? {}, eventsElector),
    receivers: without(config.receivers, eventsReceiver),
    service: {
      ...config.service,
      extensions: extensions.filter((id) => id !== eventsElector),
      pipelines: Object.fromEntries(others),
    },
  };
}

/** The programs of this machine are no pods: what asks the cluster for them is left out. */
export function withoutPods(config: CollectorConfig): CollectorConfig {
  const processors = Object.fromEntries(
    Object.entries(config.processors ?? {}).filter(([processor]) => processor !== clusterProcessor),
  );
  const pipelines = Object.entries(config.service.pipelines).map(([id, pipeline]) => [
    id,
    { ...pipeline, processors: (pipeline.processors ?? []).filter((processor) => processor !== clusterProcessor) },
  ]);
  const service = { ...config.service, pipelines: Object.fromEntries(pipelines) as typeof config.service.pipelines };
  return { ...config, processors, service };
}

/** The configuration of any OpenTelemetryCollector object, with the operator's addition, for this machine. */
export function loopbackCollector(
  object: LiveObject<OpenTelemetryCollectorSpec>,
  map: PortMap,
  local: LocalPorts,
): CollectorConfig {
  const { name, namespace } = object.metadata;
  return loopbackConfig(
    withOwnMetrics(withoutTls(object.spec.config) as CollectorConfig),
    map,
    hostMappings(local),
    `OpenTelemetryCollector "${namespace}/${name}"`,
  );
}

/** On loopback nothing is encrypted: cert-manager has no certificate for this machine. */
function withoutTls(value: unknown): unknown {
  if (typeof value === "string") return plainUrl(value);
  if (Array.isArray(value)) return value.map(withoutTls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
      if (key !== "tls" || !JSON.stringify(item).includes(tlsFolder)) return [[key, withoutTls(item)]];
      // A receiver has the certificate, an exporter the CA; that of a URL goes by the scheme.
      const byUrl = Object.values(value).some((other) => typeof other === "string" && other.startsWith("https://"));
      return byUrl || "cert_file" in (item as object) ? [] : [[key, { insecure: true }]];
    }),
  );
}

/** The URL of a Service of the stack without TLS; every other text as it is. */
export function plainUrl(text: string): string {
  return text.replace(/^https:(?=\/\/[a-z0-9-]+\.[a-z0-9-]+\.svc[:/])/, "http:");
}

/** The operator adds where the collector's own metrics are read, unless the configuration says it. */
function withOwnMetrics(config: CollectorConfig): CollectorConfig {
  if (config.service.telemetry?.metrics !== undefined) return config;
  const prometheus = { host: "0.0.0.0", port: ports.collectorSelf };
  return {
    ...config,
    service: {
      ...config.service,
      telemetry: { ...config.service.telemetry, metrics: { readers: [{ pull: { exporter: { prometheus } } }] } },
    },
  };
}

/** The ports that a configuration for this machine listens on. */
export function listeningPorts(config: CollectorConfig): number[] {
  const exporters = Object.entries(config.exporters).filter(([id]) => /^prometheus(\/|$)/.test(id));
  const found = new Set<number>();
  const walk = (value: unknown): void => {
    const port = typeof value === "string" ? /^127\.0\.0\.1:(\d+)$/.exec(value)?.[1] : undefined;
    if (port !== undefined) found.add(Number(port));
    if (typeof value !== "object" || value === null) return;
    const own = value as { host?: unknown; port?: unknown };
    if (own.host === "127.0.0.1" && typeof own.port === "number") found.add(own.port);
    Object.values(value).forEach(walk);
  };
  walk([config.receivers, config.extensions, exporters, config.service.telemetry]);
  return [...found];
}

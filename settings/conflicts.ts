import { accessConflicts } from "./access.ts";
import { quotaConflicts } from "./apiNamespaces.ts";
import { notificationConflicts } from "./alerting.ts";
import { collectorConflicts } from "./collector.ts";
import { durationSeconds } from "./duration.ts";
import { elasticsearchConflicts } from "./elasticsearch.ts";
import { grafanaConflicts } from "./grafana.ts";
import { longestTogether } from "./bounds.ts";
import { remoteWriteConflicts, shardConflicts } from "./prometheus.ts";
import { storageConflicts } from "./productionStorage.ts";
import { tailSamplingConflicts } from "./tailSampling.ts";
import { tlsConflicts } from "./tls.ts";
import type { Settings } from "./schema.ts";

/** Settings that fit one by one but not together, as `[key, problem]`. */
export function conflicts(settings: Settings): [string, string][] {
  const { parts, jaeger, jaegerEngine } = settings;
  const found: [string, string][] = [];
  if (!parts.jaeger && jaeger.endpoint === "") {
    found.push([
      "parts.jaeger",
      "is false, but the collector needs a Jaeger: set jaeger.endpoint to its host:port for OTLP/gRPC",
    ]);
  }
  if (!parts.jaeger && jaeger.url === "" && parts.grafana) {
    found.push(["parts.jaeger", "is false, but Grafana's data source needs a Jaeger: set jaeger.url to its address"]);
  }
  if (parts.jaeger && jaeger.endpoint + jaeger.url !== "") {
    found.push([
      "jaeger.endpoint",
      "and jaeger.url are for a Jaeger elsewhere: set parts.jaeger to false, or leave them empty",
    ]);
  }
  if (parts.jaeger && jaegerEngine === "operator" && jaeger.storage === "badger") {
    found.push([
      "jaeger.storage",
      'is "badger", which needs jaegerEngine v2; allowed with engine operator: memory, elasticsearch',
    ]);
  }
  const { logs } = settings;
  if (!parts.logs && logs.otlpEndpoint !== "") {
    found.push([
      "logs.otlpEndpoint",
      "is set, but parts.logs is false: nothing would send logs there; set parts.logs to true",
    ]);
  }
  if (!parts.logs && logs.kubernetesEvents) {
    found.push([
      "logs.kubernetesEvents",
      "is true, but parts.logs is false: events are log records, which nothing would keep; set parts.logs to true",
    ]);
  }
  if (logs.url !== "" && logs.otlpEndpoint === "") {
    found.push([
      "logs.url",
      "is for a store elsewhere: set logs.otlpEndpoint to where it takes OTLP/HTTP, or leave it empty",
    ]);
  }
  const { metricExportIntervalSeconds } = settings.instrumentation;
  const { scrapeInterval } = settings.prometheus;
  if (metricExportIntervalSeconds + durationSeconds(scrapeInterval) > longestTogether) {
    found.push([
      "instrumentation.metricExportIntervalSeconds",
      `is ${metricExportIntervalSeconds}, and prometheus.scrapeInterval ${scrapeInterval}: must be ${longestTogether} seconds or less together, ` +
        "since two samples can be so far apart, and every rule needs two of them in 5 minutes",
    ]);
  }
  return [
    ...found,
    ...elasticsearchConflicts(settings),
    ...collectorConflicts(settings.collector),
    ...tailSamplingConflicts(settings),
    ...remoteWriteConflicts(settings.prometheus),
    ...shardConflicts(settings),
    ...grafanaConflicts(settings),
    ...storageConflicts(settings),
    ...notificationConflicts(settings),
    ...accessConflicts(settings),
    ...quotaConflicts(settings),
    ...tlsConflicts(settings),
  ];
}

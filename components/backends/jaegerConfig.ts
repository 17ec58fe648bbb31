import type { CollectorConfig } from "../customResources/openTelemetry.ts";
import { everyAddress, ports } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import type { Source } from "../tls/sources.ts";
import { exporterTls, serverTls } from "../tls/tlsFiles.ts";
import { selfTelemetry } from "../telemetry/selfTelemetry.ts";
import { elasticsearchBackend } from "./jaegerElasticsearch.ts";

/** Folder of Badger's volume in the container. */
export const badgerFolder = "/badger";

/** Names of the storage backends in Jaeger's configuration. */
const backend = "traces";
const metricBackend = "span-metrics";

/** What Jaeger's configuration depends on besides its own settings. */
export interface JaegerConnections {
  /** Where it asks for the metrics of its Monitor page. */
  readonly metrics: Source;
  /** It takes spans over TLS, and no other way. @default false */
  readonly receiverTls?: boolean;
  /** It is asked for traces over TLS, and no other way. @default false */
  readonly queryTls?: boolean;
}

/**
 * The configuration of Jaeger v2, which is an OpenTelemetry Collector with a storage and a query extension.
 *
 * @see https://www.jaegertracing.io/docs/latest/deployment/configuration/
 */
export function jaegerConfig(
  settings: Settings["jaeger"],
  { metrics, receiverTls = false, queryTls = false }: JaegerConnections,
): CollectorConfig {
  const tls = receiverTls ? serverTls : {};
  const asked = queryTls ? serverTls : {};
  const metricsCa = metrics.caSecret === undefined ? {} : exporterTls();
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `${everyAddress}:${ports.otlpGrpc}`, ...tls },
          http: { endpoint: `${everyAddress}:${ports.otlpHttp}`, ...tls },
        },
      },
    },
    processors: { batch: {} },
    extensions: {
      jaeger_storage: {
        backends: { [backend]: storageBackend(settings) },
        metric_backends: { [metricBackend]: { prometheus: { endpoint: metrics.url, ...metricsCa, ...spanMetrics } } },
      },
      jaeger_query: {
        storage: { traces: backend, metrics: metricBackend },
        http: { endpoint: `${everyAddress}:${ports.jaegerQuery}`, ...asked },
        grpc: { endpoint: `${everyAddress}:${ports.jaegerQueryGrpc}`, ...asked },
      },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: backend } },
    service: {
      extensions: ["jaeger_storage", "jaeger_query"],
      telemetry: selfTelemetry,
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] },
      },
    },
  };
}

/** What the Monitor page shows: the collector's span metrics, by the names that Prometheus has them under. */
const spanMetrics = {
  metric_namespace: "traces_span_metrics",
  latency_unit: "ms",
  normalize_calls: true,
  normalize_duration: true,
};

function storageBackend(settings: Settings["jaeger"]): Record<string, unknown> {
  switch (settings.storage) {
    case "memory":
      return { memory: { max_traces: settings.maxTraces } };
    case "badger":
      return {
        badger: {
          directories: { keys: `${badgerFolder}/keys`, values: `${badgerFolder}/values` },
          ephemeral: false,
          ttl: { spans: settings.retention },
        },
      };
    case "elasticsearch":
      return { elasticsearch: elasticsearchBackend(settings) };
  }
}

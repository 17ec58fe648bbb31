import { mebibytes } from "../containerResources.ts";
import type { CollectorConfig } from "../customResources/openTelemetry.ts";
import { ports } from "../names.ts";
import { ignoredDatapoints, ignoredSpans } from "./ignoredPaths.ts";
import { selfTelemetry } from "./selfTelemetry.ts";
import { seriesLimit } from "./seriesLimit.ts";
import { spanMetricsConnectors, spanMetricsResource } from "./spanMetrics.ts";

/** What the collector's configuration depends on. */
export interface CollectorConfigArgs {
  /** Memory limit of the container, such as `512Mi`. */
  readonly memoryLimit: string;
  /** host:port of Jaeger's OTLP/gRPC receiver. */
  readonly jaegerEndpoint: string;
  /** Keep the spans of single messages. */
  readonly messageSpans: boolean;
  /** Paths whose requests are left out. */
  readonly ignoredPaths: readonly string[];
  /** Write what passes through to the collector's log. */
  readonly debug: boolean;
}

/** Port of the health check, from which the operator makes the pod's probes. */
const healthPort = 13133;

/**
 * Splits what would be larger than a gRPC server takes (4 MiB by default, Jaeger's too), and waits for nothing more: a batch
 * counts spans, and one that is refused for its size is dropped, not tried again.
 */
const splitOnly = { sizer: "bytes", min_size: 0, max_size: 4_000_000 };

/**
 * The configuration of the collector: OTLP in, traces to Jaeger, metrics and span metrics for Prometheus to scrape.
 *
 * Ids of exporters stay at 15 characters or fewer: the operator gives a longer one no port that it scrapes.
 */
export function collectorConfig(args: CollectorConfigArgs): CollectorConfig {
  const debug = args.debug ? ["debug"] : [];
  const spans = [...(args.messageSpans ? [] : [messageSpan]), ...ignoredSpans(args.ignoredPaths)];
  const datapoints = ignoredDatapoints(args.ignoredPaths);
  const dropSpans = spans.length > 0 ? ["filter/spans"] : [];
  const dropMetrics = datapoints.length > 0 ? ["filter/metrics"] : [];
  return {
    extensions: { health_check: { endpoint: `0.0.0.0:${healthPort}` } },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${ports.otlpGrpc}` },
          http: { endpoint: `0.0.0.0:${ports.otlpHttp}` },
        },
      },
    },
    processors: {
      memory_limiter: memoryLimiter(args.memoryLimit, 0.2),
      // Traces wait in memory while Jaeger is away. Metrics, by which services are watched, still have room then.
      "memory_limiter/metrics": memoryLimiter(args.memoryLimit, 0.05),
      ...(spans.length > 0 ? { "filter/spans": { error_mode: "ignore", traces: { span: spans } } } : {}),
      ...(datapoints.length > 0
        ? { "filter/metrics": { error_mode: "ignore", metrics: { datapoint: datapoints } } }
        : {}),
      "transform/limit": seriesLimit,
      "transform/identity": identity,
      "transform/service": serviceIdentity,
      batch: {},
    },
    connectors: { ...spanMetricsConnectors },
    exporters: {
      "otlp_grpc/jaeger": {
        endpoint: args.jaegerEndpoint,
        tls: { insecure: true },
        // A Jaeger that is away for some minutes costs no trace.
        sending_queue: { enabled: true, queue_size: 5000, batch: splitOnly },
        retry_on_failure: { enabled: true, max_interval: "10s", max_elapsed_time: "10m" },
      },
      prometheus: {
        endpoint: `0.0.0.0:${ports.collectorMetrics}`,
        // Exemplars are only in this format.
        enable_open_metrics: true,
        without_scope_info: true,
      },
      ...(args.debug ? { debug: {} } : {}),
    },
    service: {
      extensions: ["health_check"],
      telemetry: selfTelemetry,
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", ...dropSpans, "batch"],
          exporters: ["otlp_grpc/jaeger", ...Object.keys(spanMetricsConnectors), ...debug],
        },
        metrics: {
          receivers: ["otlp"],
          processors: ["memory_limiter/metrics", ...dropMetrics, "transform/limit", "transform/identity", "batch"],
          exporters: ["prometheus", ...debug],
        },
        "metrics/spans": {
          receivers: Object.keys(spanMetricsConnectors),
          processors: ["memory_limiter/metrics", "transform/service", "batch"],
          exporters: ["prometheus", ...debug],
        },
      },
    },
  };
}

/**
 * A limiter in MiB of the container's limit: a percentage would read the machine outside a container. Above 80 % it also
 * collects garbage; the rest is for what is on its way.
 *
 * @param spike share of the container's limit below those 80 % from which on it refuses new data
 */
function memoryLimiter(memoryLimit: string, spike: number): Record<string, unknown> {
  const limit = mebibytes(memoryLimit);
  return { check_interval: "1s", limit_mib: Math.floor(limit * 0.8), spike_limit_mib: Math.floor(limit * spike) };
}

/**
 * The spans of single ASGI messages: two of the three spans of a FastAPI request are `http send`. They say nothing that the server
 * span does not, and each name would be a series of its own in span metrics.
 */
const messageSpan = 'kind == SPAN_KIND_INTERNAL and attributes["asgi.event.type"] != nil';

/**
 * Puts the application's identity on every series, and nothing else of its resource. The names are the resource's own,
 * with dots: span metrics carry `service.name` already, and a second spelling of it would be the same label twice, which
 * the exporter refuses.
 */
const identityStatements = {
  context: "datapoint",
  statements: ["service.name", "k8s.namespace.name", "k8s.deployment.name", "k8s.pod.name"].map(
    (attribute) => `set(attributes["${attribute}"], resource.attributes["${attribute}"])`,
  ),
};

const identity = { error_mode: "ignore", metric_statements: [identityStatements] };

/** The same for the metrics of spans: what the connector says of a resource is that of the first pod that it saw. */
const serviceIdentity = {
  error_mode: "ignore",
  metric_statements: [
    {
      context: "resource",
      statements: [`keep_keys(attributes, [${spanMetricsResource.map((attribute) => `"${attribute}"`).join(", ")}])`],
    },
    identityStatements,
  ],
};

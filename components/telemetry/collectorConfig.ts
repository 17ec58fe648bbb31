import type { CollectorConfig } from "../customResources/openTelemetry.ts";
import { everyAddress, ports } from "../../catalog/names.ts";
import { healthCheck, memoryLimiter, shown } from "./collectorPieces.ts";
import { identity, serviceIdentity } from "./identity.ts";
import { elector, eventRecords, events, eventsElector, eventsReceiver } from "./kubernetesEvents.ts";
import { ignoredDatapoints, ignoredSpans } from "./ignoredPaths.ts";
import { metricKinds, spanMetricsExporter } from "./metricKinds.ts";
import { countedTogether, logCounts, logCountsExporter, shownCounts } from "./logCounts.ts";
import { logRecords } from "./logRecords.ts";
import { logsExporter, logsExporterId, type LogsTarget } from "./logsExporter.ts";
import { masking } from "./masking.ts";
import { type ClusterIdentity, podIdentity } from "./podIdentity.ts";
import { selfTelemetry } from "./selfTelemetry.ts";
import { seriesLimit } from "./seriesLimit.ts";
import { spanMetricsConnectors } from "./spanMetrics.ts";
import { tracesExporter, type TracesTarget } from "./tracesExporter.ts";
import { serverTls } from "../tls/tlsFiles.ts";

/** What the collector's configuration depends on. */
export interface CollectorConfigArgs extends TracesTarget {
  /** Memory limit of the container, such as `512Mi`. */
  readonly memoryLimit: string;
  /** Keep the spans of single messages. */
  readonly messageSpans: boolean;
  /** Paths whose requests are left out. */
  readonly ignoredPaths: readonly string[];
  /** Take OTLP over TLS, and no other way. @default false */
  readonly receiverTls?: boolean;
  /** Prometheus scrapes what is made of data over TLS, and no other way. @default false */
  readonly metricsTls?: boolean;
  /** Origins of pages whose browsers may send OTLP/HTTP. @default [] */
  readonly corsOrigins?: readonly string[];
  /** What every signal carries of the cluster. */
  readonly cluster: ClusterIdentity;
  /** Seconds for which a gauge is shown that is no longer sent. */
  readonly gaugeSeconds: number;
  /** Where log records go; undefined: none are taken. */
  readonly logs: LogsTarget | undefined;
  /** Take Kubernetes' events, where log records are taken. @default false */
  readonly events?: boolean;
  /** What is masked in log records and spans; none is nothing. */
  readonly patterns: readonly string[];
  /** Write what passes through to the collector's log. */
  readonly debug: boolean;
}

/**
 * The configuration of the collector: OTLP in, traces to Jaeger or to what samples them, metrics and span metrics for Prometheus to scrape.
 *
 * Ids of exporters stay at 15 characters or fewer: the operator gives a longer one no port that it scrapes.
 */
export function collectorConfig(args: CollectorConfigArgs): CollectorConfig {
  const debug = args.debug ? ["debug"] : [];
  const spans = [...(args.messageSpans ? [] : [messageSpan]), ...ignoredSpans(args.ignoredPaths)];
  const datapoints = ignoredDatapoints(args.ignoredPaths);
  const dropSpans = spans.length > 0 ? ["filter/spans"] : [];
  const kinds = Object.entries(metricKinds);
  const identified = podIdentity(args.cluster);
  const masked = masking(args.patterns);
  const traces = tracesExporter(args);
  const { logs, metricsTls = false } = args;
  const tls = args.receiverTls === true ? serverTls : {};
  const withEvents = logs !== undefined && args.events === true;
  return {
    extensions: {
      health_check: healthCheck,
      ...(withEvents ? { [eventsElector]: elector } : {}),
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `${everyAddress}:${ports.otlpGrpc}`, ...tls },
          http: { endpoint: `${everyAddress}:${ports.otlpHttp}`, ...tls, ...cors(args.corsOrigins ?? []) },
        },
      },
      ...(withEvents ? { [eventsReceiver]: events } : {}),
    },
    processors: {
      memory_limiter: memoryLimiter(args.memoryLimit, 0.2),
      // Traces wait in memory while Jaeger is away. Metrics, by which services are watched, still have room then.
      "memory_limiter/metrics": memoryLimiter(args.memoryLimit, 0.05),
      ...(spans.length > 0 ? { "filter/spans": { error_mode: "ignore", traces: { span: spans } } } : {}),
      ...Object.fromEntries(
        kinds.map(([kind, { condition }]) => [
          `filter/${kind}`,
          { error_mode: "ignore", metrics: { metric: [`not (${condition})`], datapoint: datapoints } },
        ]),
      ),
      ...identified,
      "transform/limit": seriesLimit,
      "transform/identity": identity,
      "transform/service": serviceIdentity,
      ...(logs === undefined ? {} : { "transform/records": logRecords, "transform/counts": countedTogether }),
      ...(withEvents ? { "transform/events": eventRecords } : {}),
      ...masked,
      batch: {},
    },
    connectors: { ...spanMetricsConnectors, ...(logs === undefined ? {} : logCounts) },
    exporters: {
      ...traces,
      ...Object.fromEntries(
        Object.values(metricKinds).map(({ exporter, port }) => [
          exporter,
          {
            ...shown(port, metricsTls),
            // The application's own: a value that two collectors show is one sample, and none comes twice.
            send_timestamps: true,
            ...(port === ports.collectorGauges ? { metric_expiration: `${args.gaugeSeconds}s` } : {}),
          },
        ]),
      ),
      [spanMetricsExporter.exporter]: shown(spanMetricsExporter.port, metricsTls),
      ...(logs === undefined
        ? {}
        : {
            // A store that is away for some minutes costs no record.
            [logsExporterId]: logsExporter(logs, { queue_size: 5000 }, "10m"),
            [logCountsExporter.exporter]: shownCounts(metricsTls),
          }),
      ...(args.debug ? { debug: {} } : {}),
    },
    service: {
      extensions: ["health_check", ...(withEvents ? [eventsElector] : [])],
      telemetry: selfTelemetry,
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", ...dropSpans, ...Object.keys({ ...identified, ...masked }), "batch"],
          // Metrics are made of all spans, and not of those that are kept.
          exporters: [...Object.keys(traces), ...Object.keys(spanMetricsConnectors), ...debug],
        },
        ...(logs === undefined
          ? {}
          : logPipelines([...Object.keys(identified), ...Object.keys(masked), "transform/records"], withEvents)),
        ...Object.fromEntries(
          kinds.map(([kind, { exporter }]) => [
            `metrics/${kind}`,
            {
              receivers: ["otlp"],
              processors: [
                ...["memory_limiter/metrics", `filter/${kind}`],
                ...Object.keys(identified),
                ...["transform/limit", "transform/identity"],
              ],
              exporters: [exporter, ...debug],
            },
          ]),
        ),
        "metrics/spans": {
          receivers: Object.keys(spanMetricsConnectors),
          processors: ["memory_limiter/metrics", "transform/service"],
          exporters: [spanMetricsExporter.exporter, ...debug],
        },
      },
    },
  };
}

/** Lets browsers send from these pages; without it they ask first, and are refused. */
function cors(origins: readonly string[]): { cors?: { allowed_origins: string[] } } {
  return origins.length === 0 ? {} : { cors: { allowed_origins: [...origins] } };
}

/**
 * What takes log records, and what counts them. Each request is a batch already.
 *
 * @param processors masked before it is made fit: a secret that is cut is none to its pattern, nor one in JSON whose quotes are escaped
 * @param withEvents take Kubernetes' events too; no service has sent them, so they are not counted
 */
function logPipelines(processors: readonly string[], withEvents: boolean): CollectorConfig["service"]["pipelines"] {
  return {
    ...(withEvents
      ? {
          "logs/events": {
            receivers: [eventsReceiver],
            processors: ["memory_limiter", "transform/events", ...processors],
            exporters: [logsExporterId],
          },
        }
      : {}),
    logs: {
      receivers: ["otlp"],
      processors: ["memory_limiter", ...processors],
      exporters: [logsExporterId, ...Object.keys(logCounts)],
    },
    "metrics/logs": {
      receivers: Object.keys(logCounts),
      processors: ["memory_limiter/metrics", "transform/service", "transform/counts"],
      exporters: [logCountsExporter.exporter],
    },
  };
}

/**
 * The spans of single ASGI messages: two of the three spans of a FastAPI request are `http send`. They say nothing that the server
 * span does not, and each name would be a series of its own in span metrics.
 */
const messageSpan = 'kind == SPAN_KIND_INTERNAL and attributes["asgi.event.type"] != nil';

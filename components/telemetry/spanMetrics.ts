/** Metrics that the collector makes of spans: of every operation, and of every service as a whole. */

/** Seconds between two updates of the metrics that the collector makes of spans. */
export const spanMetricsFlushSeconds = 15;

/** Names of operations that each service has series of; what comes later is counted in one series without a name. */
export const operationsPerService = 2000;

/** What remains of a resource in span metrics: the service, and not each of its pods, so that a limit holds for all of them. */
export const spanMetricsResource = [
  "service.name",
  "service.namespace",
  "k8s.namespace.name",
  "k8s.deployment.name",
] as const;

/**
 * In milliseconds, since Jaeger's Monitor page takes every number for that; in the buckets of the HTTP conventions, so that both kinds of
 * duration can be compared.
 */
const histogram = {
  unit: "ms",
  explicit: {
    buckets: [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000].map((ms) => `${ms}ms`),
  },
};

const common = {
  exemplars: { enabled: true },
  histogram,
  resource_metrics_key_attributes: [...spanMetricsResource],
  metrics_flush_interval: `${spanMetricsFlushSeconds}s`,
  // What a service that is gone left behind goes too, as in the exporter.
  metrics_expiration: "5m",
};

/** A new id at every start would make all series new; the scrape's own labels tell pods of the collector apart. */
const collectorInstance = "collector.instance.id";

/** The connectors by their ids. */
export const spanMetricsConnectors = {
  /** Calls, errors and durations of the sampled spans, by operation. */
  span_metrics: {
    ...common,
    exclude_dimensions: [collectorInstance],
    // A service whose names hold ids would otherwise take the memory that all share.
    aggregation_cardinality_limit: operationsPerService,
  },
  /** The same without the names: above the limit nothing else still tells failed calls from good ones. */
  "span_metrics/services": {
    ...common,
    namespace: "traces.service.metrics",
    exclude_dimensions: [collectorInstance, "span.name"],
  },
};

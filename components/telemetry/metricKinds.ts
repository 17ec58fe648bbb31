import { ports } from "../../catalog/names.ts";

/**
 * Metrics of applications go to an exporter for each type. An exporter keeps the type that a name had first, and leaves out everybody
 * else's data of that name: one service that sends a gauge under the name of a histogram would take the histogram from all.
 */

/** A type of metrics, as Prometheus tells them apart. */
interface MetricKind {
  /** Id of its exporter: at most 15 characters, else the operator gives it no port that is scraped. */
  readonly exporter: string;
  readonly port: number;
  /** Condition of the collector's filter for metrics that are of it. */
  readonly condition: string;
}

/** The types by the name of their pipeline. */
export const metricKinds = {
  histograms: {
    exporter: "prometheus/hist",
    port: ports.collectorHistograms,
    condition: "type == METRIC_DATA_TYPE_HISTOGRAM or type == METRIC_DATA_TYPE_EXPONENTIAL_HISTOGRAM",
  },
  // A counter's name ends with `_total`, so that a summary of the same name stays apart.
  counters: {
    exporter: "prometheus/sum",
    port: ports.collectorCounters,
    condition: "(type == METRIC_DATA_TYPE_SUM and is_monotonic == true) or type == METRIC_DATA_TYPE_SUMMARY",
  },
  gauges: {
    exporter: "prometheus/now",
    port: ports.collectorGauges,
    condition: "type == METRIC_DATA_TYPE_GAUGE or (type == METRIC_DATA_TYPE_SUM and is_monotonic == false)",
  },
} as const satisfies Record<string, MetricKind>;

/** The exporter of the metrics that the collector makes of spans. */
export const spanMetricsExporter = { exporter: "prometheus/span", port: ports.collectorSpanMetrics } as const;

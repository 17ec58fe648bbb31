import { durationSeconds } from "../../settings/duration.ts";
import type { Settings } from "../../settings/read.ts";
import { spanMetricsFlushSeconds } from "../telemetry/spanMetrics.ts";

/**
 * Seconds between two samples of the slowest of the metrics: Prometheus scrapes, applications export, and the collector
 * counts spans, each at its own pace.
 */
export function sampleInterval({
  prometheus,
  instrumentation,
}: Pick<Settings, "prometheus" | "instrumentation">): number {
  const scrape = durationSeconds(prometheus.scrapeInterval);
  return Math.max(scrape, instrumentation.metricExportIntervalSeconds, spanMetricsFlushSeconds);
}

import type { Settings } from "./settings.ts";
import { spanMetricsFlushSeconds } from "./telemetry/collectorConfig.ts";

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Seconds between two samples of the slowest of the metrics: Prometheus scrapes, applications export, and the collector
 * counts spans, each at its own pace.
 */
export function sampleInterval({
  prometheus,
  instrumentation,
}: Pick<Settings, "prometheus" | "instrumentation">): number {
  const unit = prometheus.scrapeInterval.slice(-1);
  const scrape = Number.parseInt(prometheus.scrapeInterval) * (seconds[unit] ?? NaN);
  return Math.max(scrape, instrumentation.metricExportIntervalSeconds, spanMetricsFlushSeconds);
}

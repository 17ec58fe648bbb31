import type { RecordingRule } from "./rule.ts";
import { identity, metric, series } from "./serviceSeries.ts";

/**
 * All series, in parts by the bound of a bucket: a rule takes the memory of all series that it reads, and most are buckets. What is
 * no bucket is in the last part.
 */
export const bucketParts = { short: 'le=~"0[.]0.*"', middle: 'le=~"0.*",le!~"0[.]0.*"', long: 'le!~"0.*"' };

/** Within which time requests were answered. */
export function quantileRules(): RecordingRule[] {
  const known = `sum by (${identity}, le) (${series.buckets})`;
  return [
    ...Object.entries(bucketParts).map(([bounds, matchers]) => ({
      record: series.buckets,
      expr: `sum by (${identity}, le) (rate(${metric}_bucket{service_name!="",${matchers}}[5m]))`,
      labels: { bounds },
    })),
    ...[50, 95, 99].map((percent) => ({
      record: series.quantile(percent),
      // Without requests the quantile is not a number: no series says it better.
      expr: `histogram_quantile(${percent / 100}, ${known}) >= 0`,
    })),
  ];
}

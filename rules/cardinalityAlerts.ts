import { identity, series } from "./serviceSeries.ts";
import { alert, type RuleGroup } from "./rule.ts";
import { bucketParts } from "./serviceQuantiles.ts";

/** Services of which some series are counted together: by the collector's limits, or by those of their own SDK. */
export const overflowing = `group by (${identity}) ({otel_metric_overflow="true"})`;

/** More than any limit of the collector lets through for some pods, and far below what a scrape may have. */
const manySeries = 100_000;

/** Alerts about services with too many series: what they send is bounded, and so is what they see of it. */
export function cardinalityAlerts(): RuleGroup[] {
  return [
    {
      name: "service-cardinality",
      interval: "2m",
      rules: [
        alert({
          name: "ServiceSeriesOverLimit",
          severity: "warning",
          expr: overflowing,
          for: "5m",
          labels: { namespace: "{{ $labels.k8s_namespace_name }}" },
          summary: "{{ $labels.service_name }} has more series than it may have",
          description:
            "{{ $labels.service_name }} in namespace {{ $labels.k8s_namespace_name }} sends spans or metrics with a name or a value " +
            "for nearly every request: what is over the limit is counted together, its totals stay right",
        }),
      ],
    },
    {
      name: "service-series",
      // It reads every series of the services; nobody acts on it sooner.
      interval: "10m",
      rules: [
        ...Object.entries(bucketParts).map(([bounds, matchers]) => ({
          record: series.countOfPart,
          expr: `count by (${identity}) ({service_name!="",__name__!~"service:.+|ALERTS.*",${matchers}})`,
          labels: { bounds },
        })),
        { record: series.count, expr: `sum by (${identity}) (${series.countOfPart})` },
        alert({
          name: "ServiceSeriesMany",
          severity: "warning",
          expr: `${series.count} > ${manySeries}`,
          for: "10m",
          labels: { namespace: "{{ $labels.k8s_namespace_name }}" },
          summary: "{{ $labels.service_name }} fills Prometheus",
          description:
            "{{ $labels.service_name }} in namespace {{ $labels.k8s_namespace_name }} has {{ $value | humanize }} series: " +
            "no limit of the collector holds what it sends",
        }),
      ],
    },
  ];
}

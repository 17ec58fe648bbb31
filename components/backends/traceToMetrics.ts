import { datasourceUids } from "../../catalog/names.ts";

/**
 * From a span to the metrics of its service and operation, in the half hour around it.
 *
 * Grafana puts the tags that the span has as labels into `$__tags`. It may be none of them, so they come last: a comma at
 * the end is no fault in PromQL. Jaeger hands a span's service over apart from its tags; namespace and Deployment stand for it.
 */
export const traceToMetrics = {
  datasourceUid: datasourceUids.prometheus,
  spanStartTimeShift: "-15m",
  spanEndTimeShift: "15m",
  tags: [
    { key: "service.name", value: "service_name" },
    { key: "k8s.namespace.name", value: "k8s_namespace_name" },
    { key: "k8s.deployment.name", value: "k8s_deployment_name" },
  ],
  queries: [
    { name: "Sampled calls per second", query: `sum(${rate("calls_total")})` },
    {
      name: "Share of failed calls",
      query: `sum(${rate("calls_total", 'status_code="STATUS_CODE_ERROR", ')}) / sum(${rate("calls_total")})`,
    },
    {
      name: "Duration, p95, in seconds",
      query: `histogram_quantile(0.95, sum by (le) (${rate("duration_milliseconds_bucket")})) / 1000`,
    },
  ],
};

function rate(metric: string, more = ""): string {
  return `rate(traces_span_metrics_${metric}{span_name="\${__span.name}", ${more}$__tags}[$__rate_interval])`;
}

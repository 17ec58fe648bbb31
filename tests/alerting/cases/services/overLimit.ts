import { type AlertCase, constant } from "../alertCase.ts";
import { metric, told } from "./traffic.ts";

const over = (service: string) =>
  told(
    "warning",
    service,
    `${service} has more series than it may have`,
    `${service} in namespace shop sends spans or metrics with a name or a value for nearly every request: ` +
      "what is over the limit is counted together, its totals stay right",
  );

const labels = (service: string) => `service_name="${service}",k8s_namespace_name="shop"`;

export const overLimit: AlertCase[] = [
  {
    when: "one service has too many series by spans, another by metrics, a third stays below the limit",
    series: {
      [`traces_span_metrics_calls_total{${labels("orders-api")},otel_metric_overflow="true"}`]: constant(9, 20),
      [`${metric}_count{${labels("till-api")},otel_metric_overflow="true"}`]: constant(9, 20),
      [`${metric}_count{${labels("python-api")}}`]: constant(9, 20),
    },
    at: { "4m": [], "6m": [over("orders-api"), over("till-api")] },
  },
  {
    when: "it ended",
    series: { [`${metric}_count{${labels("till-api")},otel_metric_overflow="true"}`]: `${constant(9, 10)} stale` },
    at: { "10m": [over("till-api")], "12m": [] },
  },
];

const many = (service: string, value: string) =>
  told(
    "warning",
    service,
    `${service} fills Prometheus`,
    `${service} in namespace shop has ${value} series: no limit of the collector holds what it sends`,
  );

/** What is recorded of a service of which no series is here. */
const recorded = (service: string) => `service:series:count{${labels(service)}}`;

export const manySeries: AlertCase[] = [
  {
    when: "one service has more series than its limits let through, another as many as it may have, a third few",
    series: {
      [recorded("orders-api")]: constant(100_001, 30),
      [recorded("till-api")]: constant(100_000, 30),
      [`${metric}_count{${labels("python-api")}}`]: constant(9, 30),
    },
    at: { "8m": [], "12m": [many("orders-api", "100k")] },
  },
  {
    when: "it ended",
    series: { [recorded("orders-api")]: `${constant(200_000, 20)} ${constant(9, 10)}` },
    at: { "20m": [many("orders-api", "200k")], "24m": [] },
  },
];

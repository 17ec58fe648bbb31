import { type AlertCase, constant, counter } from "../alertCase.ts";
import { metric, told } from "./traffic.ts";

const missing = (service: string) =>
  told(
    "warning",
    service,
    `${service} no longer sends metrics of its requests`,
    `${service} in namespace shop sends traces of requests and no metrics of them any more: its objectives are not watched`,
  );

const requests = (service: string) => `${metric}_count{service_name="${service}",k8s_namespace_name="shop"}`;
const spans = (service: string, name: string) =>
  `traces_span_metrics_calls_total{service_name="${service}",k8s_namespace_name="shop",span_kind="SPAN_KIND_SERVER",span_name="${name}"}`;

export const metricsMissing: AlertCase[] = [
  {
    when: "services no longer send metrics after an hour, and traces as before",
    series: {
      [requests("python-api")]: `${counter([5, 60])} stale`,
      [spans("python-api", "GET /hello")]: counter([2, 200]),
      [requests("other-method")]: `${counter([5, 60])} stale`,
      [spans("other-method", "HTTP")]: counter([2, 200]),
      // The metrics of the last minute are still there: nobody asks.
      [requests("idle-api")]: counter([5, 60], [0, 200]),
      [spans("idle-api", "GET /")]: counter([2, 60], [0, 200]),
      // It never had requests by HTTP, and now it has others.
      [spans("grpc-api", "prices.Prices/Get")]: counter([2, 200]),
      [requests("grpc-and-http")]: `${counter([5, 60])} stale`,
      [spans("grpc-and-http", "prices.Prices/Get")]: counter([2, 200]),
      [requests("gone-api")]: `${counter([5, 60])} stale`,
      [spans("gone-api", "GET /")]: `${counter([2, 60])} stale`,
      // Only traces, from the beginning.
      [spans("traces-only", "GET /")]: counter([2, 200]),
    },
    at: {
      "60m": [],
      "73m": [],
      "78m": [missing("python-api"), missing("other-method")],
      "190m": [missing("python-api"), missing("other-method")],
    },
  },
  {
    when: "a service is started anew and sends its first metrics later than its first traces",
    series: {
      [requests("python-api")]: `${counter([5, 60])} stale _x4 ${counter([5, 60])}`,
      [spans("python-api", "GET /hello")]: counter([2, 200]),
      [`target_info{exported_job="python-api",k8s_namespace_name="shop"}`]: constant(1, 200),
    },
    at: { "64m": [], "70m": [], "76m": [], "90m": [] },
  },
];

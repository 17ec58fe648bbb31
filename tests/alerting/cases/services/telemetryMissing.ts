import { type AlertCase, constant, counter } from "../alertCase.ts";
import { metric, told } from "./traffic.ts";

const silent = (service: string) =>
  told(
    "warning",
    service,
    `${service} is no longer heard`,
    `${service} in namespace shop ran within the last 3 days. Now it sends nothing, or stops again and again: ` +
      "nothing is known about it",
  );

const requests = (service: string, namespace = "shop") =>
  `${metric}_count{service_name="${service}",k8s_namespace_name="${namespace}"}`;
const started = (service: string, namespace = "shop") =>
  `target_info{job="otel-collector",exported_job="${service}",k8s_namespace_name="${namespace}"}`;

/** So many times: heard for some minutes, and away for some. */
const again = (times: number, heard: number, away: number) =>
  Array.from({ length: times }, () => `1x${heard - 1} stale _x${away - 1}`).join(" ");

export const telemetryMissing: AlertCase[] = [
  {
    when: "a service is gone after an hour, for the night and the weekend; another has no requests",
    every: "2m",
    series: {
      [requests("python-api")]: `${counter([1, 30])} stale`,
      [requests("idle-api")]: constant(7, 2300),
      // A program that Prometheus scrapes itself: nobody would know what it is about.
      [`${metric}_count{job="legacy"}`]: `${counter([1, 30])} stale`,
    },
    at: {
      "70m": [],
      "76m": [silent("python-api")],
      "6h25m": [silent("python-api")],
      "2d12h": [silent("python-api")],
      "73h40m": [],
    },
  },
  {
    when: "a service was started anew and has had no request yet, another of that name is gone",
    series: {
      [requests("python-api")]: `${counter([1, 35])} stale`,
      [requests("python-api", "till")]: `${counter([1, 35])} stale`,
      [started("till/python-api", "till")]: constant(1, 100),
    },
    at: { "44m": [], "47m": [silent("python-api")] },
  },
  {
    when: "a service without a service.namespace was started anew",
    series: { [requests("python-api")]: `${counter([1, 35])} stale`, [started("python-api")]: constant(1, 100) },
    at: { "51m": [] },
  },
  {
    when: "a service comes back within ten minutes",
    series: { [requests("python-api")]: `${counter([1, 40])} stale _x8 0+1x30` },
    at: { "49m": [], "52m": [], "60m": [] },
  },
  {
    when: "services that take messages, answer gRPC or send traces only are gone",
    series: {
      [started("mailer")]: "1x40 stale",
      'traces_span_metrics_calls_total{service_name="prices",k8s_namespace_name="shop",span_kind="SPAN_KIND_SERVER"}':
        "0+5x40 stale",
      'rpc_server_duration_milliseconds_count{service_name="rates",k8s_namespace_name="shop"}': "0+5x40 stale",
      [started("rates")]: "1x40 stale",
    },
    at: { "48m": [], "52m": [silent("mailer"), silent("prices"), silent("rates")] },
  },
  {
    when: "a service starts again and again, and lives for a minute or two",
    series: { [started("python-api")]: `1x40 stale _x4 ${again(20, 2, 5)}` },
    at: { "52m": [], "65m": [silent("python-api")], "150m": [silent("python-api")] },
  },
  {
    when: "a service falls over once, is started anew and stays; the nodes are upgraded, a deployment is made",
    series: {
      [started("python-api")]: "1x40 stale _x3 1x100",
      [started("orders-api")]: "1x60 stale _x5 1x10 stale _x4 1x80",
      [`${requests("new-api").slice(0, -1)},k8s_pod_name="old"}`]: "0+9x70 stale",
      [`${requests("new-api").slice(0, -1)},k8s_pod_name="new"}`]: "_x68 0+9x80",
    },
    at: { "47m": [], "52m": [], "60m": [], "70m": [], "82m": [], "90m": [] },
  },
  {
    when: "a job runs for some minutes, twice",
    series: { [started("nightly-report")]: "_x60 1x8 stale _x60 1x8 stale _x60" },
    at: { "80m": [], "90m": [], "155m": [], "170m": [] },
  },
];

import { type AlertCase, counter } from "../alertCase.ts";
import { metric, told } from "./traffic.ts";

const stopped = (service: string) =>
  told(
    "critical",
    service,
    `${service} no longer gets requests`,
    `${service} in namespace shop runs and has had no request for a quarter of an hour, while every hour of a day before had some`,
  );

const requests = (service: string) =>
  `${metric}_count{service_name="${service}",k8s_namespace_name="shop",http_response_status_code="200"}`;
const started = (service: string) => `target_info{exported_job="${service}",k8s_namespace_name="shop"}`;

/** Samples of a day. */
const day = 720;

export const requestsStopped: AlertCase[] = [
  {
    when: "the way to services is broken after a day and two hours, for others it is night",
    every: "2m",
    series: {
      [requests("steady-api")]: counter([20, day + 60], [0, 400]),
      // Few, but always some: three a minute.
      [requests("quiet-api")]: counter([6, day + 60], [0, 400]),
      // It is started anew and nobody reaches it: it counts nothing.
      [requests("restarted-api")]: `${counter([20, day + 60])} stale`,
      [started("restarted-api")]: `1x${day + 500}`,
      [requests("rare-api")]: counter([3, day + 60], [0, 400]),
      [requests("office-api")]: counter([20, 300], [0, 300], [20, 180], [0, 400]),
      [requests("new-api")]: `_x${day - 300} ${counter([20, 360], [0, 400])}`,
      // What a team's target shows under the names that the platform records.
      'service:evaluated:info{job="team"}': `1x${day + 500}`,
      [`service:http_server_requests:by_process{job="team",service_name="steady-api",k8s_namespace_name="shop"}`]: `0x${day + 500}`,
      // Away altogether: that is another alert's.
      [requests("gone-api")]: `${counter([20, day + 60])} stale`,
    },
    at: {
      "26h": [],
      "26h12m": [],
      "26h16m": [stopped("steady-api"), stopped("quiet-api"), stopped("restarted-api")],
      "38h": [stopped("steady-api"), stopped("quiet-api"), stopped("restarted-api")],
    },
  },
  {
    when: "a service has no requests for twelve minutes, another is replaced by a deployment",
    every: "2m",
    series: {
      [requests("steady-api")]: counter([20, day + 60], [0, 6], [20, 100]),
      [requests("deployed-api")]: `${counter([20, day + 60])} stale`,
      [requests("deployed-api").replace("{", '{k8s_pod_name="new",')]: `_x${day + 58} ${counter([20, 100])}`,
    },
    at: { "26h12m": [], "26h14m": [], "26h18m": [], "26h30m": [], "27h10m": [] },
  },
  {
    when: "it is night for a service that was started anew in the night before, and counted nothing until the morning",
    every: "2m",
    series: {
      [requests("office-api")]: `${counter([400, 480])} stale _x239 ${counter([400, 480], [0, 300])}`,
      [started("office-api")]: "1x1500",
    },
    at: { "40h16m": [], "42h": [], "47h": [] },
  },
  {
    when: "a service sends no metrics of requests any more and goes on handling them, as its traces say",
    every: "2m",
    series: {
      [requests("steady-api")]: `${counter([20, day + 60])} stale`,
      [`traces_span_metrics_calls_total{service_name="steady-api",k8s_namespace_name="shop",span_kind="SPAN_KIND_SERVER",span_name="GET /"}`]:
        counter([20, day + 460]),
      [started("steady-api")]: `1x${day + 500}`,
    },
    at: { "26h16m": [], "38h": [] },
  },
  {
    when: "requests come back after an hour",
    every: "2m",
    series: { [requests("steady-api")]: counter([20, day + 60], [0, 30], [20, 100]) },
    at: { "26h50m": [stopped("steady-api")], "27h10m": [] },
  },
];

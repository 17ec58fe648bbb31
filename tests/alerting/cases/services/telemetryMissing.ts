import { type AlertCase, constant, counter } from "../alertCase.ts";
import { metric, told } from "./traffic.ts";

const silent = (service: string) =>
  told(
    "warning",
    service,
    `${service} no longer sends metrics`,
    `${service} in namespace shop sent metrics within the last 6 hours and sends none now: nothing is known about it`,
  );

export const telemetryMissing: AlertCase[] = [
  {
    when: "a service is gone after half an hour, another has no requests",
    series: {
      [`${metric}_count{service_name="python-api",k8s_namespace_name="shop"}`]: `${counter([1, 30])} stale`,
      [`${metric}_count{service_name="idle-api",k8s_namespace_name="shop"}`]: constant(7, 500),
    },
    at: { "40m": [], "46m": [silent("python-api")], "6h25m": [silent("python-api")], "6h40m": [] },
  },
  {
    when: "a service was started anew and has had no request yet, another of that name is gone",
    series: {
      [`${metric}_count{service_name="python-api",k8s_namespace_name="shop"}`]: `${counter([1, 30])} stale`,
      [`${metric}_count{service_name="python-api",k8s_namespace_name="till"}`]: `${counter([1, 30])} stale`,
      'target_info{job="otel-collector",exported_job="till/python-api",k8s_namespace_name="till"}': constant(1, 100),
    },
    at: { "46m": [silent("python-api")] },
  },
  {
    when: "a service without a service.namespace was started anew",
    series: {
      [`${metric}_count{service_name="python-api",k8s_namespace_name="shop"}`]: `${counter([1, 30])} stale`,
      'target_info{job="otel-collector",exported_job="python-api",k8s_namespace_name="shop"}': constant(1, 100),
    },
    at: { "46m": [] },
  },
  {
    when: "a service comes back within ten minutes",
    series: {
      [`${metric}_count{service_name="python-api",k8s_namespace_name="shop"}`]: `${counter([1, 30])} stale _x8 0+1x30`,
    },
    at: { "38m": [], "50m": [] },
  },
];

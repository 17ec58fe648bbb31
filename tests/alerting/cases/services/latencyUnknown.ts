import { type AlertCase, counter } from "../alertCase.ts";
import { metric, told } from "./traffic.ts";

const unknown = (service: string) =>
  told(
    "warning",
    service,
    `${service} does not say how many of its requests are late`,
    `The durations of ${service} in namespace shop have no bucket that ends at the bound of its latency objective: ` +
      "no alert says when it is slow",
  );

const labels = (service: string) => `service_name="${service}",k8s_namespace_name="shop"`;

export const latencyUnknown: AlertCase[] = [
  {
    when: "services have other buckets, exponential histograms or those of another objective; others are right, or idle",
    series: {
      [`${metric}_count{${labels("other-bounds")}}`]: counter([5, 120]),
      [`${metric}_bucket{${labels("other-bounds")},le="0.4"}`]: counter([5, 120]),
      // What it promises is in the rules' settings: an answer within a second.
      [`${metric}_count{${labels("orders-api")}}`]: counter([5, 120]),
      [`${metric}_bucket{${labels("orders-api")},le="0.5"}`]: counter([5, 120]),
      [`${metric}{${labels("exponential")}}`]: "{{schema:0 sum:5 count:4 buckets:[1 2 1]}}x120",
      [`${metric}_count{${labels("right")}}`]: counter([5, 120]),
      [`${metric}_bucket{${labels("right")},le="0.5"}`]: counter([5, 120]),
      [`${metric}_count{${labels("idle")}}`]: counter([5, 10], [0, 110]),
      [`${metric}_bucket{${labels("idle")},le="0.5"}`]: counter([5, 10], [0, 110]),
    },
    at: {
      "20m": [],
      "40m": [unknown("other-bounds"), unknown("orders-api"), unknown("exponential")],
      "119m": [unknown("other-bounds"), unknown("orders-api"), unknown("exponential")],
    },
  },
];

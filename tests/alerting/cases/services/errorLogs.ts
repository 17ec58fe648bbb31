import { type AlertCase, constant, counter } from "../alertCase.ts";
import { told } from "./traffic.ts";

const target = `job="logs",instance="agent"`;
const errors = (service: string) => `log_errors_total{service_name="${service}",k8s_namespace_name="shop",${target}}`;
const up = `up{${target}}`;
const many = (service: string, number: string) =>
  told(
    "warning",
    service,
    `${service} logs far more errors than usual`,
    `${service} in namespace shop logged ${number} errors within 10 minutes, more than 5 times as many as within the day before`,
  );

/** Samples of a day. */
const day = 720;

export const errorLogs: AlertCase[] = [
  {
    when: "after a day one service logs ten times as many errors, others always did or log few",
    every: "2m",
    series: {
      [errors("failing-api")]: counter([1, day], [10, 60]),
      [errors("noisy-api")]: counter([50, day + 60]),
      [errors("quiet-api")]: counter([0, day], [1, 60]),
      // It has no past.
      [errors("new-api")]: `_x${day} ${counter([10, 60])}`,
    },
    at: { "23h": [], "24h2m": [], "24h30m": [many("failing-api", "50"), many("new-api", "50")] },
  },
  {
    when: "a count is new, and stops at once: a burst after a quiet day",
    every: "2m",
    series: { [errors("bursting-api")]: `_x${day} 60x60`, [up]: constant(1, day + 60) },
    at: { "24h2m": [], "24h6m": [many("bursting-api", "60")], "24h20m": [] },
  },
  {
    when: "Prometheus was away for one and a half hours: what it knew before is not new",
    every: "2m",
    series: {
      [errors("steady-api")]: `${counter([1, 600])} _x45 646+1x60`,
      [up]: "1x600 _x45 1x60",
    },
    at: { "21h34m": [], "21h38m": [], "21h44m": [], "22h": [] },
  },
  {
    when: "it ended",
    every: "2m",
    series: { [errors("failing-api")]: counter([1, day], [10, 20], [1, 60]) },
    at: { "24h30m": [many("failing-api", "50")], "25h10m": [] },
  },
];

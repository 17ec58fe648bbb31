import type { Count, Counted } from "./serviceCounting.ts";

/** Names of what is known about services: what applications send, and what is recorded of it. */

/** Labels that tell services apart. `namespace` would be the collector's own, which everything is scraped from. */
export const identity = "service_name, k8s_namespace_name";

/** Duration of the requests that an instrumented service answers. */
export const metric = "http_server_request_duration_seconds";

/**
 * Their number. A program that Prometheus scrapes itself may use the same name: without a service nobody could be told of
 * it.
 */
export const requestsMetric = `${metric}_count{service_name!=""}`;

/** Which of them failed, any of both: a 5xx, and what ended before it had a status, such as an exception that nobody caught. */
export const failedRequests = [
  'http_response_status_code=~"5.."',
  'http_response_status_code="",error_type!=""',
] as const;

/** Names of the recorded series. */
export const series = {
  /** Requests per second. */
  requests: (window: string) => `service:http_server_requests:rate${window}`,
  /** Share of the requests that failed, 0 to 1; none without requests. */
  errorRatio: (window: string) => `service:http_server_error_ratio:rate${window}`,
  /** Share of the requests that took longer than the objective's bound, 0 to 1; none without requests. */
  slowRatio: (window: string) => `service:http_server_slow_ratio:rate${window}`,
  /** Requests per second that took no longer than `le`. */
  buckets: `service:${metric}_bucket:rate5m`,
  /** Seconds within which so many hundredths of the requests of 5 minutes were answered. */
  quantile: (percent: number) => `service:${metric}:p${percent}_rate5m`,
  /** Share of the requests that may fail. */
  errorBudget: "service:slo_error_budget:ratio",
  /** Share of the requests that may be slow. */
  latencyBudget: "service:slo_latency_budget:ratio",
  /** There for a service whose team records its objectives itself, see `ownObjectives`. */
  own: "service:slo_own:info",
  /** Share of failures within a window while it uses up the budget too fast, 0 while it does not; none without requests. */
  errorBurning: (window: string) => `service:slo_error_burning:ratio${window}`,
  /** The same of late requests. */
  lateBurning: (window: string) => `service:slo_latency_burning:ratio${window}`,
  /** There for a service that is heard, by metrics or traces. */
  running: "service:running:info",
  /** There whenever `running` was looked for: what it is counted against. */
  evaluated: "service:evaluated:info",
  /** There for a service that is heard and was for most of the last quarter of an hour. */
  runningSteadily: "service:running_steadily:info",
  /** There for a service that is heard and was for half an hour: one that is missed when it goes. */
  established: "service:established:info",
  /** How many series a service has, by the bounds of buckets in parts. */
  countOfPart: "service:series:count_by_bounds",
  /** How many series a service has. */
  count: "service:series:count",
  /** Requests per second in the hour that had fewest within a day; for services that are older than that. */
  fewestRequests: "service:http_server_requests:min1d",
} as const;

function countOf(name: string): Count {
  return { byProcess: `${name}:by_process`, increase: `${name}:increase`, ofGap: `${name}:increase_of_gap` };
}

/**
 * Names of what is recorded of requests and the bad ones of them.
 *
 * @param all what the names of all of them begin with
 * @param bad the same of the bad ones
 */
export function countedAs(all: string, bad: string): Counted {
  return {
    ...{ all: countOf(all), bad: countOf(bad) },
    ...{ unknown: `${all}:unknown`, anew: `${all}:anew` },
    ...{ at: `${all}:increase_time`, gap: `${all}:gap_seconds`, gapEnd: `${all}:gap_end_time` },
  };
}

/** All requests, and those of them that failed. */
export const byOutcome = countedAs("service:http_server_requests", "service:http_server_errors");

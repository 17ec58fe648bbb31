import type { Settings } from "../components/settings.ts";
import { bucketLabel, budget, type Objective, shares } from "./objectives.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";
import { windows } from "./windows.ts";

/**
 * Requests, errors and duration of every instrumented service, and the windows of its objectives. All from the metrics that
 * the applications count themselves: spans are sampled, so what is counted from them is not.
 */

/** Labels that tell services apart. `namespace` would be the collector's own, which everything is scraped from. */
export const identity = "service_name, k8s_namespace_name";

const metric = "http_server_request_duration_seconds";

/** Names of the recorded series. */
export const series = {
  /** Requests per second. */
  requests: (window: string) => `service:http_server_requests:rate${window}`,
  /** Share of the requests that were answered with a 5xx, 0 to 1; none without requests. */
  errorRatio: (window: string) => `service:http_server_error_ratio:rate${window}`,
  /** Share of the requests that took longer than the objective's bound, 0 to 1; none without requests. */
  slowRatio: (window: string) => `service:http_server_slow_ratio:rate${window}`,
  /** Seconds within which so many hundredths of the requests of 5 minutes were answered. */
  quantile: (percent: number) => `service:${metric}:p${percent}_rate5m`,
  /** Share of the requests that may fail. */
  errorBudget: "service:slo_error_budget:ratio",
  /** Share of the requests that may be slow. */
  latencyBudget: "service:slo_latency_budget:ratio",
  /** There for a service whose team records its objectives itself, see `ownObjectives`. */
  own: "service:slo_own:info",
} as const;

/**
 * The recording rules for all services.
 *
 * @param slo the objectives
 */
export function serviceRecording(slo: Settings["slo"]): RuleGroup[] {
  return [
    {
      name: "services",
      rules: [
        ...windows.fast.flatMap((window) => windowRules(window, slo)),
        ...[50, 95, 99].map(quantileRule),
        { record: series.errorBudget, expr: budgetExpr(slo, "availability") },
        { record: series.latencyBudget, expr: budgetExpr(slo, "latencyTarget") },
      ],
    },
    {
      name: "services-slow",
      // Below the five minutes after which a series counts as gone.
      interval: "2m",
      rules: windows.slow.flatMap((window) => windowRules(window, slo)),
    },
  ];
}

function windowRules(window: string, slo: Settings["slo"]): RecordingRule[] {
  const requests = series.requests(window);
  const errors = sumRate(`${metric}_count{http_response_status_code=~"5.."}`, window);
  const inTime = shares(slo, "latencySeconds")
    .map(({ matcher, value }) => requestsWithin(value, matcher, window))
    .join(" or ");
  return [
    { record: requests, expr: sumRate(`${metric}_count`, window) },
    // A service without one error has no such series, and without a request it has no ratio.
    { record: series.errorRatio(window), expr: `(${errors} or 0 * ${requests}) / (${requests} > 0)` },
    { record: series.slowRatio(window), expr: unlessOwn(`1 - (${inTime}) / (${requests} > 0)`) },
  ];
}

/** Requests per second that were answered within a bound. */
export function requestsWithin(seconds: number, matcher: string, window: string): string {
  return sumRate(`${metric}_bucket{le="${bucketLabel(seconds)}",${matcher}}`, window);
}

/** Leaves out what a service's team records itself: two rules for one series would contradict each other. */
function unlessOwn(expr: string): string {
  return `${expr} unless on (${identity}) ${series.own}`;
}

function sumRate(selector: string, window: string): string {
  return `sum by (${identity}) (rate(${selector}[${window}]))`;
}

function quantileRule(percent: number): RecordingRule {
  const buckets = `sum by (${identity}, le) (rate(${metric}_bucket[5m]))`;
  return {
    record: series.quantile(percent),
    // Without requests the quantile is not a number: no series says it better.
    expr: `histogram_quantile(${percent / 100}, ${buckets}) >= 0`,
  };
}

/** The budget of each service that had requests within the longest of the fast windows. */
function budgetExpr(slo: Settings["slo"], target: keyof Objective): string {
  const budgets = shares(slo, target)
    .map(({ matcher, value }) => `${budget(value)} * group by (${identity}) (${series.requests("6h")}{${matcher}})`)
    .join(" or ");
  return unlessOwn(`(${budgets})`);
}

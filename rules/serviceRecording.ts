import type { Settings } from "../components/settings.ts";
import { bucketLabel, budget, type Objective, shares } from "./objectives.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";
import { burningRules } from "./serviceBurning.ts";
import { heardRules, runningRules } from "./serviceRunning.ts";
import { identity, metric, requestsMetric, series } from "./serviceSeries.ts";
import { part, seconds, windows } from "./windows.ts";

/**
 * Requests, errors and duration of every instrumented service, and the windows of its objectives. All from the metrics that
 * the applications count themselves: spans are sampled, so what is counted from them is not.
 */

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
        ...burningRules(windows.fast),
      ],
    },
    // Often enough to see a short life.
    { name: "services-heard", interval: "1m", rules: heardRules() },
    {
      name: "services-slow",
      // Below the five minutes after which a series counts as gone.
      interval: "2m",
      rules: [
        ...windows.slow.flatMap((window) => windowRules(window, slo)),
        { record: series.errors, expr: errorRate(part.window) },
        ...partRules(timedBy(slo)).map(leftToOwn),
        ...windows.long.flatMap(longRules),
        ...windows.long.map((window) => leftToOwn(longSlowRule(window))),
        ...burningRules(windows.slow),
        ...runningRules(),
      ],
    },
  ];
}

function windowRules(window: string, slo: Settings["slo"]): RecordingRule[] {
  const requests = series.requests(window);
  return [
    { record: requests, expr: sumOf(`rate(${requestsMetric}[${window}])`) },
    // A service without one error has no such series, and without a request it has no ratio.
    {
      record: series.errorRatio(window),
      expr: `(${errorRate(window)} or 0 * ${requests}) / (${requests} > 0)`,
    },
    leftToOwn(slowRule(window, timedBy(slo))),
  ];
}

/** What failed: a 5xx, and what ended before it had a status, such as an exception that nobody caught. */
function errorRate(window: string): string {
  const failed = ['http_response_status_code=~"5.."', 'http_response_status_code="",error_type!=""'];
  return sumOf(failed.map((how) => `rate(${metric}_count{service_name!="",${how}}[${window}])`).join(" or "));
}

/** The requests of some services, and those of them that were answered in time. */
export interface Timed {
  /** As a matcher, such as `service_name="python-api"`. */
  readonly matcher: string;
  /** The bound of the histogram's bucket. */
  readonly seconds: number;
}

function timedBy(slo: Settings["slo"]): Timed[] {
  return shares(slo, "latencySeconds").map(({ matcher, value }) => ({ matcher, seconds: value }));
}

/** Share of late requests. Only of series that have the bucket: of others nobody knows. */
export function slowRule(window: string, timed: readonly Timed[]): RecordingRule {
  return {
    record: series.slowRatio(window),
    expr: `1 - (${inTime(window, timed)}) / ((${withBucket(window, timed)}) > 0)`,
  };
}

/**
 * Requests whose duration is known, and the late ones of them: parts of the long windows.
 *
 * @param matcher as of `longSlowRule`
 */
export function partRules(timed: readonly Timed[], matcher = ""): RecordingRule[] {
  const all = selected(series.timed, matcher);
  return [
    { record: series.timed, expr: withBucket(part.window, timed) },
    // Rates of two counters that are the same may differ by the last digit.
    { record: series.late, expr: `clamp_min(${all} - (${inTime(part.window, timed)}), 0)` },
  ];
}

function inTime(window: string, timed: readonly Timed[]): string {
  return timed.map((of) => sumOf(`rate(${bucket(of)}[${window}])`)).join(" or ");
}

function withBucket(window: string, timed: readonly Timed[]): string {
  return timed
    .map((of) =>
      sumOf(`rate(${metric}_count{${of.matcher}}[${window}]) and ignoring (le) rate(${bucket(of)}[${window}])`),
    )
    .join(" or ");
}

function bucket({ matcher, seconds: bound }: Timed): string {
  return `${metric}_bucket{le="${bucketLabel(bound)}",${matcher}}`;
}

/** Requests and the share of failures of a long window. */
function longRules(window: string): RecordingRule[] {
  const steps = seconds(window) / seconds(part.step);
  const requests = series.requests(part.window);
  return [
    { record: series.requests(window), expr: `${sumOfParts(requests, window)} / ${steps}` },
    {
      record: series.errorRatio(window),
      expr: `(${sumOfParts(series.errors, window)} or 0 * ${series.requests(window)}) / (${sumOfParts(requests, window)} > 0)`,
    },
  ];
}

/**
 * The share of late requests of a long window.
 *
 * @param matcher the services, such as `service_name="python-api"`. @default "" - all
 */
export function longSlowRule(window: string, matcher = ""): RecordingRule {
  const late = selected(series.late, matcher);
  const timed = selected(series.timed, matcher);
  return {
    record: series.slowRatio(window),
    expr: `${sumOfParts(late, window)} / (${sumOfParts(timed, window)} > 0)`,
  };
}

function selected(recorded: string, matcher: string): string {
  return matcher === "" ? recorded : `${recorded}{${matcher}}`;
}

function sumOfParts(recorded: string, window: string): string {
  return `sum_over_time(${recorded}[${window}:${part.step}])`;
}

/** Leaves out what a service's team records itself: two rules for one series would contradict each other. */
function leftToOwn({ record, expr }: RecordingRule): RecordingRule {
  return { record, expr: `(${expr}) unless on (${identity}) ${series.own}` };
}

function sumOf(rates: string): string {
  return `sum by (${identity}) (${rates})`;
}

function quantileRule(percent: number): RecordingRule {
  const buckets = `sum by (${identity}, le) (rate(${metric}_bucket{service_name!=""}[5m]))`;
  return {
    record: series.quantile(percent),
    // Without requests the quantile is not a number: no series says it better.
    expr: `histogram_quantile(${percent / 100}, ${buckets}) >= 0`,
  };
}

/** The budget of each service that had requests within six hours. */
function budgetExpr(slo: Settings["slo"], target: keyof Objective): string {
  const budgets = shares(slo, target)
    .map(({ matcher, value }) => {
      // The six hours are another group's, at a slower pace.
      const known = `${series.requests("5m")}{${matcher}} or last_over_time(${series.requests("6h")}{${matcher}}[15m])`;
      return `${budget(value)} * group by (${identity}) (${known})`;
    })
    .join(" or ");
  return leftToOwn({ record: "", expr: budgets }).expr;
}

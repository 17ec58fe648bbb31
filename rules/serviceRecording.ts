import type { Settings } from "../settings/read.ts";
import { budget, type Objective, shares } from "./objectives.ts";
import { recorded, type RecordingRule, type RuleGroup } from "./rule.ts";
import { burningRules } from "./serviceBurning.ts";
import { countingRules, processIdentity, selected, sumOver } from "./serviceCounting.ts";
import { byDuration, slowRule, timedRules } from "./serviceDurations.ts";
import { quantileRules } from "./serviceQuantiles.ts";
import { heardRules, runningRules } from "./serviceRunning.ts";
import { byOutcome, failedRequests, identity, metric, requestsMetric, series } from "./serviceSeries.ts";
import { seconds, windows } from "../settings/windows.ts";

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
  const timed = shares(slo, "latencySeconds").map(({ matcher, value }) => ({ matcher, seconds: value }));
  return [
    {
      name: "services",
      // Often enough to see a short life.
      interval: "1m",
      rules: [
        ...processRules(),
        ...countingRules(byOutcome),
        ...[...timedRules(timed, selected(byOutcome.all.byProcess, recorded)), ...countingRules(byDuration)].map(
          leftToOwn,
        ),
        ...windows.fast.flatMap(windowRules),
        { record: series.errorBudget, expr: budgetExpr(slo, "availability") },
        { record: series.latencyBudget, expr: budgetExpr(slo, "latencyTarget") },
        ...burningRules(windows.fast),
        ...heardRules(),
      ],
    },
    {
      name: "services-slow",
      // Below the five minutes after which a series counts as gone.
      interval: "2m",
      rules: [...windows.slow.flatMap(windowRules), ...burningRules(windows.slow), ...runningRules()],
    },
    {
      name: "services-quantiles",
      // Of all rules these read the most series by far, whole histograms, and no alert goes by them. Below five minutes as well.
      interval: "4m",
      rules: quantileRules(),
    },
  ];
}

/** What processes have counted: their requests, and those that failed. */
function processRules(): RecordingRule[] {
  const { all, bad } = byOutcome;
  const failed = failedRequests.map((how) => `${metric}_count{service_name!="",${how}}`).join(" or ");
  return [
    { record: all.byProcess, expr: `sum by (${processIdentity}) (${requestsMetric})` },
    // A process without one error has none of those: its first one counts from 0.
    { record: bad.byProcess, expr: `sum by (${processIdentity}) (${failed}) or 0 * ${all.byProcess}` },
  ];
}

function windowRules(window: string): RecordingRule[] {
  const requests = sumOver(byOutcome, "all", window);
  return [
    { record: series.requests(window), expr: `${requests} / ${seconds(window)}` },
    // Without a request there is no ratio.
    { record: series.errorRatio(window), expr: `${sumOver(byOutcome, "bad", window)} / (${requests} > 0)` },
    leftToOwn(slowRule(window)),
  ];
}

/** Leaves out what a service's team records itself: two rules for one series would contradict each other. */
function leftToOwn({ record, expr }: RecordingRule): RecordingRule {
  return { record, expr: `(${expr}) unless on (${identity}) ${series.own}` };
}

/** The budget of each service that had requests within six hours. */
function budgetExpr(slo: Settings["slo"], target: keyof Objective): string {
  const budgets = shares(slo, target)
    .map(({ matcher, value }) => {
      // The six hours are another group's, at a slower pace.
      const slow = `last_over_time(${selected(series.requests("6h"), matcher)}[15m])`;
      const known = `${selected(series.requests("5m"), matcher)} or ${slow}`;
      return `${budget(value)} * group by (${identity}) (${known})`;
    })
    .join(" or ");
  return leftToOwn({ record: "", expr: budgets }).expr;
}

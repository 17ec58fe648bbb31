import { identity, series } from "../rules/serviceSeries.ts";
import { burnRates } from "../settings/windows.ts";
import type { Row } from "./kit/dashboard.ts";
import { heights } from "./kit/panels/panel.ts";
import { stat } from "./kit/panels/stat.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";

/** Windows whose burn rates are drawn: a sudden failure shows in the first, a lasting one in the last. */
const windows = ["5m", "1h", "6h"];

const critical = burnRates.flatMap(({ windows: pairs }) => pairs.map(({ factor }) => factor));

/** From 1 on the budget is gone before its 30 days are over; the lines above are those of the alerts. */
const burnSteps = [
  { value: null, color: "green" },
  { value: 1, color: "orange" },
  ...critical.filter((factor) => factor > 1).map((factor) => ({ value: factor, color: "red" })),
].sort((a, b) => (a.value ?? 0) - (b.value ?? 0));

/** Whether a service keeps what the setting `slo` promises, from the recorded series that the alerts use too. */
export function objectivesRow(service: string): Row {
  const burn = (ratio: (window: string) => string, budget: string) =>
    windows.map((window) => ({
      expr: `max by (${identity}) (${ratio(window)}{${service}}) / on (${identity}) ${budget}{${service}}`,
      legend: `over ${window}, {{k8s_namespace_name}}`,
    }));
  // Three decimals: an objective of 99.95 % is missed with 99.94 %.
  const kept = (ratio: (window: string) => string, budget: string, legend: string) => ({
    expr: `max(${ratio("3d")}{${service}} / on (${identity}) ${budget}{${service}})`,
    below: { expr: `1 - max(${ratio("3d")}{${service}})`, legend, unit: units.ratio, decimals: 3 },
  });
  return {
    title: "Objectives",
    panels: [
      stat({
        title: "Budget for errors, 3 days",
        description:
          "How many times faster than allowed the service failed in the last three days, the worst of the chosen namespaces: from 1 on it misses the setting slo.availability. Below, the share of requests that did not fail.",
        unit: units.count,
        width: 4,
        height: heights.graph,
        thresholds: thresholds.burn,
        legend: "burn rate",
        ...kept(series.errorRatio, series.errorBudget, "without failure"),
      }),
      stat({
        title: "Budget for slow answers, 3 days",
        description:
          "How many times faster than allowed the service was slow in the last three days, the worst of the chosen namespaces: from 1 on it misses the setting slo.latencyTarget. Below, the share of requests that were answered in time.",
        unit: units.count,
        width: 4,
        height: heights.graph,
        thresholds: thresholds.burn,
        legend: "burn rate",
        ...kept(series.slowRatio, series.latencyBudget, "in time"),
      }),
      timeSeries({
        title: "Budget for errors, burn rate",
        description:
          "How many times faster than allowed the service fails. At 1 the budget lasts just 30 days; the lines are those at which alerts fire.",
        unit: units.count,
        thresholds: burnSteps,
        queries: burn(series.errorRatio, series.errorBudget),
      }),
      timeSeries({
        title: "Budget for slow answers, burn rate",
        description:
          "How many times faster than allowed the service is slow. At 1 the budget lasts just 30 days; the lines are those at which alerts fire.",
        unit: units.count,
        thresholds: burnSteps,
        queries: burn(series.slowRatio, series.latencyBudget),
      }),
    ],
  };
}

import { identity, series } from "../rules/serviceSeries.ts";
import { burnRates } from "../rules/windows.ts";
import type { Row } from "./dashboard.ts";
import { heights } from "./panels/panel.ts";
import { stat } from "./panels/stat.ts";
import { timeSeries } from "./panels/timeSeries.ts";
import { units } from "./units.ts";

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
      legend: `over ${window}`,
    }));
  return {
    title: "Objectives",
    panels: [
      stat({
        title: "Without server error, 3 days",
        description:
          "Share of the requests of the last three days that were not answered with 5xx. The objective is the setting slo.availability.",
        unit: units.ratio,
        width: 4,
        height: heights.graph,
        expr: `1 - max(${series.errorRatio("3d")}{${service}})`,
      }),
      stat({
        title: "In time, 3 days",
        description:
          "Share of the requests of the last three days that were answered within slo.latencySeconds. The objective is the setting slo.latencyTarget.",
        unit: units.ratio,
        width: 4,
        height: heights.graph,
        expr: `1 - max(${series.slowRatio("3d")}{${service}})`,
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

import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
} from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { logs, prometheus } from "../datasources.ts";
import { type Steps, thresholdsConfig } from "../thresholds.ts";
import { defaultWidth, heights, type PanelArgs } from "./panel.ts";
import { logRateQueries } from "./logsQuery.ts";
import { type Query, rangeQueries } from "./query.ts";

/** What a graph over time needs. */
export interface TimeSeriesArgs extends PanelArgs {
  readonly queries: readonly Query[];
  /** Whether they are PromQL, or LogsQL with a pipe `stats`. @default "metrics" */
  readonly source?: "metrics" | "logs";
  /** Lines in the graph where it turns bad. @default - none */
  readonly thresholds?: Steps;
  /** Put the series on top of each other, for parts of a whole. @default false */
  readonly stacked?: boolean;
  /** Fixed colours of series, by a regular expression of their names. @default - Grafana's */
  readonly colors?: Readonly<Record<string, string>>;
}

/** A graph over time. It starts at zero: a small change must not look like a large one. */
export function timeSeries(args: TimeSeriesArgs): PanelBuilder {
  const { title, description, unit, width = defaultWidth, queries, thresholds, stacked = false, colors = {} } = args;
  const ofLogs = args.source === "logs";
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(ofLogs ? logs : prometheus)
    .unit(unit)
    .span(width)
    .height(heights.graph)
    .min(0)
    .lineWidth(1)
    .fillOpacity(stacked ? 30 : 10)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(ofLogs ? logRateQueries(queries) : rangeQueries(queries));
  if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A"));
  if (thresholds) {
    panel
      .thresholds(thresholdsConfig(thresholds))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  for (const [series, fixedColor] of Object.entries(colors)) {
    panel.overrideByRegexp(series, [{ id: "color", value: { mode: "fixed", fixedColor } }]);
  }
  return panel;
}

import { BigValueColorMode, BigValueGraphMode, ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { prometheus } from "../datasources.ts";
import { type Steps, thresholds, thresholdsConfig } from "../thresholds.ts";
import { heights, type PanelArgs } from "./panel.ts";
import { rangeQueries } from "./query.ts";

/** What one large number needs. */
export interface StatArgs extends PanelArgs {
  readonly expr: string;
  /** @default - always green */
  readonly thresholds?: Steps;
  /** What stands there without data. @default "no data" */
  readonly noValue?: string;
}

/** One large number, the newest, before its course. */
export function stat(args: StatArgs): PanelBuilder {
  const { title, description, unit, width = 6, height = heights.stat, expr, noValue = "no data" } = args;
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(prometheus)
    .unit(unit)
    .span(width)
    .height(height)
    .noValue(noValue)
    .thresholds(thresholdsConfig(args.thresholds ?? thresholds.none))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false).fields(""))
    .targets(rangeQueries([{ expr, legend: title }]));
}

import { BigValueColorMode, BigValueGraphMode, ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { prometheus } from "../datasources.ts";
import { type Steps, thresholds, thresholdsConfig } from "../thresholds.ts";
import { heights, type PanelArgs } from "./panel.ts";
import type { Unit } from "../units.ts";
import { type Query, rangeQueries } from "./query.ts";

/** What one large number needs. */
export interface StatArgs extends PanelArgs {
  readonly expr: string;
  /** @default - always green */
  readonly thresholds?: Steps;
  /** What stands there without data. @default "no data" */
  readonly noValue?: string;
  /** A second number below it, in the colour of the text, with so many decimals. @default - none */
  readonly below?: Query & { readonly unit: Unit; readonly decimals: number };
  /** Name of the first of two numbers. @default - the title */
  readonly legend?: string;
}

/** One large number, the newest, before its course; or two, one below the other. */
export function stat(args: StatArgs): PanelBuilder {
  const { title, description, unit, width = 6, height = heights.stat, expr, noValue = "no data", below } = args;
  const panel = new PanelBuilder()
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
    .targets(rangeQueries([{ expr, legend: args.legend ?? title }, ...(below === undefined ? [] : [below])]));
  if (below === undefined) return panel;
  return panel.overrideByName(below.legend, [
    { id: "unit", value: below.unit },
    { id: "decimals", value: below.decimals },
    { id: "color", value: { mode: "fixed", fixedColor: "text" } },
  ]);
}

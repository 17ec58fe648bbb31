import { PanelBuilder, YAxisConfigBuilder } from "@grafana/grafana-foundation-sdk/heatmap";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { prometheus } from "../datasources.ts";
import { defaultWidth, heights, type PanelArgs } from "./panel.ts";

/** What a heat map of a histogram needs. */
export interface HeatmapArgs extends PanelArgs {
  /** Rates of the buckets, summed by `le`. */
  readonly expr: string;
}

/** How a histogram's buckets fill over time, with its exemplars. */
export function heatmap({ title, description, unit, width = defaultWidth, expr }: HeatmapArgs): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(prometheus)
    .span(width)
    .height(heights.graph)
    .unit(unit)
    .yAxis(new YAxisConfigBuilder().unit(unit))
    .exemplarsColor("rgba(255,0,255,0.7)")
    .targets([
      new DataqueryBuilder()
        .refId("A")
        .datasource(prometheus)
        .expr(expr)
        .range()
        .exemplar(true)
        .format(PromQueryFormat.Heatmap)
        .legendFormat("{{le}}"),
    ]);
}

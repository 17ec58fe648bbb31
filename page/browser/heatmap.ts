import uPlot from "uplot";
import { formatValue } from "../model/format.ts";
import { bands, type Exemplar, type Line } from "../model/frames.ts";
import { type Grid, timesOf } from "../model/range.ts";
import { frame, placeExemplars, takeDown, watchSize } from "./chart.ts";
import { styleColor } from "./theme.ts";

/** What a heat map shows. */
export interface HeatmapArgs {
  /** A line for each bucket, named by its upper bound. */
  lines: readonly Line[];
  exemplars: readonly Exemplar[];
  grid: Grid;
  unit: string;
}

/** Draws how a histogram's buckets fill over time: a cell for each bucket and point, the darker the fuller. */
export function drawHeatmap(place: HTMLElement, { lines, exemplars, grid, unit }: HeatmapArgs): void {
  takeDown(place);
  const rows = bands(lines);
  const fullest = Math.max(0, ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const times = timesOf(grid);
  const { axes = [] } = frame(unit, grid);
  const bound = (row: number) => rows[row]?.bound ?? 0;
  const cells = (plot: uPlot) => {
    const { ctx } = plot;
    const color = styleColor("--heat");
    const width = Math.max(1, plot.valToPos(grid.from + grid.step, "x", true) - plot.valToPos(grid.from, "x", true));
    rows.forEach(({ values }, row) => {
      const top = plot.valToPos(row + 1, "y", true);
      const height = plot.valToPos(row, "y", true) - top;
      values.forEach((value, index) => {
        if (value === null || value <= 0) return;
        ctx.globalAlpha = 0.15 + 0.85 * Math.sqrt(value / fullest);
        ctx.fillStyle = color;
        ctx.fillRect(plot.valToPos(times[index] ?? 0, "x", true) - width, top, width - 1, height - 1);
      });
    });
    ctx.globalAlpha = 1;
  };
  const points = (plot: uPlot) => {
    placeExemplars(plot, exemplars, unit, (value) => rows.findIndex(({ bound: upper }) => value <= upper) + 0.5);
  };
  const plot = new uPlot(
    {
      width: Math.max(200, place.clientWidth),
      height: 220,
      legend: { show: false },
      cursor: { y: false, points: { show: false } },
      axes: [
        axes[0] ?? {},
        {
          ...axes[1],
          incrs: [1, 2, 3, 4, 5, 10],
          values: (_, ticks) =>
            ticks.map((tick) =>
              tick === 0 ? "" : Number.isFinite(bound(tick - 1)) ? formatValue(bound(tick - 1), unit) : "more",
            ),
        },
      ],
      scales: { x: { range: () => [grid.from, grid.end] }, y: { range: () => [0, Math.max(1, rows.length)] } },
      series: [{}, { show: true, stroke: "transparent", points: { show: false } }],
      hooks: { draw: [cells, points] },
    },
    [times, times.map(() => 0)],
    place,
  );
  watchSize(place, plot);
}

import uPlot from "uplot";
import { colorAt, colorNamed } from "../model/colors.ts";
import { formatValue } from "../model/format.ts";
import { type Exemplar, type Line, stacked } from "../model/frames.ts";
import { fixedColor, type Panel } from "../model/panel.ts";
import { type Grid, timesOf } from "../model/range.ts";
import { element } from "./dom.ts";
import { styleColor, theme } from "./theme.ts";

/** What a graph shows. */
export interface ChartArgs {
  panel: Panel;
  lines: readonly Line[];
  exemplars: readonly Exemplar[];
  grid: Grid;
  /** Called with a span that was marked with the pointer. */
  onSelect: (from: number, to: number) => void;
}

const HEIGHT = 190;

/** Graphs that are drawn, to be taken down before they are drawn anew. */
const drawn = new Map<HTMLElement, { plot: uPlot; observer: ResizeObserver }>();

/** Draws a graph over time into a place, in the place of what was drawn there. */
export function drawChart(place: HTMLElement, { panel, lines, exemplars, grid, onSelect }: ChartArgs): void {
  takeDown(place);
  const colors = lines.map(({ name }, index) => colorOf(panel, name, index));
  const heights = panel.stacked ? stacked(lines) : lines;
  const series = lines.map(({ name, values }, index): uPlot.Series => ({
    label: name,
    stroke: colors[index] ?? "",
    width: 1.5,
    fill: `${colors[index] ?? ""}${panel.stacked ? "55" : "1a"}`,
    // On top of each other a line stands higher than its value.
    value: (_, __, ___, at) => text(at === null ? undefined : values[at], panel.unit),
  }));
  const plot = new uPlot(
    {
      width: Math.max(200, place.clientWidth),
      height: HEIGHT,
      ...frame(panel.unit, grid, Math.max(0, ...exemplars.map(({ value }) => value))),
      series: [{ value: (_, time) => clock(time) }, ...series],
      ...(panel.stacked
        ? { bands: lines.slice(1).map((_, index) => ({ series: [index + 2, index + 1] as const })) }
        : {}),
      cursor: { sync: { key: "page" }, drag: { x: true, y: false, setScale: false } },
      hooks: {
        setSelect: [
          (u) => {
            if (u.select.width > 4)
              onSelect(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
          },
        ],
        draw: [
          (u) => {
            placeExemplars(u, exemplars, panel.unit);
          },
        ],
      },
    },
    [timesOf(grid), ...heights.map(({ values }) => values)],
    place,
  );
  watchSize(place, plot);
}

/** Removes the graph of a place. */
export function takeDown(place: HTMLElement): void {
  const old = drawn.get(place);
  old?.observer.disconnect();
  old?.plot.destroy();
  drawn.delete(place);
  place.replaceChildren();
}

/** A small line without axes, behind one large number. */
export function drawSparkline(place: HTMLElement, line: Line, grid: Grid, color: string): void {
  takeDown(place);
  const plot = new uPlot(
    {
      width: Math.max(60, place.clientWidth),
      height: 44,
      legend: { show: false },
      cursor: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: { x: { range: () => [grid.from, grid.end] }, y: { range: fromZero } },
      series: [{}, { stroke: color, width: 1.5, fill: `${color}22`, points: { show: false } }],
    },
    [timesOf(grid), line.values],
    place,
  );
  watchSize(place, plot);
}

/**
 * Axes and scales that the graphs share.
 *
 * @param least what the vertical axis reaches at least. @default 0
 */
export function frame(unit: string, grid: Grid, least = 0): Pick<uPlot.Options, "axes" | "scales"> {
  const look = {
    stroke: styleColor("--soft"),
    grid: { stroke: styleColor("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    axes: [
      { ...look, space: 70 },
      {
        ...look,
        size: 78,
        values: (_, ticks) => ticks.map((tick) => formatValue(tick, unit)),
        // Bytes are counted by 1024, so that round numbers are round.
        ...(unit.startsWith("bytes") || unit === "Bps"
          ? { incrs: Array.from({ length: 45 }, (_, power) => 2 ** power) }
          : {}),
      },
    ],
    scales: {
      x: { range: () => [grid.from, grid.end] },
      y: { range: (u, low, high) => fromZero(u, low, Math.max(least, high)) },
    },
  };
}

/** Keeps a graph as wide as its place. */
export function watchSize(place: HTMLElement, plot: uPlot): void {
  const observer = new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
  });
  observer.observe(place);
  drawn.set(place, { plot, observer });
}

/**
 * The exemplars as links above the graph.
 *
 * @param height where a value stands on the vertical axis. @default - at the value itself
 */
export function placeExemplars(
  plot: uPlot,
  exemplars: readonly Exemplar[],
  unit: string,
  height = (value: number) => value,
): void {
  for (const old of plot.over.querySelectorAll(".exemplar")) old.remove();
  for (const { time, value, trace } of exemplars) {
    const [left, top] = [plot.valToPos(time, "x"), plot.valToPos(height(value), "y")];
    if (left < 0 || left > plot.over.clientWidth) continue;
    const label = `trace of a request at ${clock(time)}, ${formatValue(value, unit)}`;
    // The same links stand in the table of values: there the keyboard goes to them.
    const attributes = {
      class: "exemplar",
      href: `#/trace/${trace}`,
      title: label,
      "aria-label": label,
      tabindex: "-1",
    };
    const link = element("a", attributes);
    link.style.left = `${left}px`;
    link.style.top = `${Math.max(0, top)}px`;
    // A press would begin to mark a span.
    link.addEventListener("mousedown", (event) => {
      event.stopPropagation();
    });
    plot.over.append(link);
  }
}

/** A time of the day as the user's system writes it. */
export function clock(time: number): string {
  return Number.isFinite(time) ? new Date(time * 1000).toLocaleTimeString() : "";
}

/** The colour of a series. */
export function colorOf(panel: Panel, name: string, index: number): string {
  return colorNamed(fixedColor(panel, name) ?? "", theme()) ?? colorAt(index, theme());
}

function text(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? "–" : formatValue(value, unit);
}

/** A small change must not look like a large one. */
function fromZero(_: uPlot, low: number | null, high: number | null): [number, number] {
  const top = Math.max(0, high ?? 0);
  return [Math.min(0, low ?? 0), top === 0 ? 1 : top * 1.05];
}

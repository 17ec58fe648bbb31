import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line, stack } from "d3-shape";
import { escapeHtml } from "../../sandbox/page/page.ts";
import { units } from "../../dashboards/kit/units.ts";
import { formatValue } from "./format.ts";
import type { PanelData, Point } from "./panelData.ts";

/** Pixels of one chart, and of the room around its plot for title, axes and legend. */
export const chartSize = { width: 400, height: 240 } as const;
const margin = { top: 34, right: 14, bottom: 46, left: 62 };
const plot = {
  width: chartSize.width - margin.left - margin.right,
  height: chartSize.height - margin.top - margin.bottom,
};

/** Told apart by people who see colours differently too (Okabe and Ito). */
const palette = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8a6d00", "#555555"];
const fixed: Readonly<Record<string, string>> = {
  green: "#2a9d4a",
  orange: "#e69f00",
  red: "#c4162a",
  blue: "#0072b2",
};

interface Drawn {
  readonly name: string;
  readonly color: string;
  /** Upper and lower edge at each time. */
  readonly edges: readonly { time: number; low: number; high: number }[];
}

/**
 * One graph as SVG: lines from zero, or areas on top of each other, and exemplars as points.
 *
 * @param from start of the time axis, in seconds since 1970
 * @param to its end
 */
export function chart(data: PanelData, from: number, to: number): string {
  const drawn = data.stacked ? stacked(data) : lines(data);
  const highest = Math.max(
    ...drawn.flatMap(({ edges }) => edges.map(({ high }) => high)),
    ...data.exemplars.map(({ value }) => value),
    0,
  );
  // Nothing but zeros is a line at the bottom, not in the middle.
  const scale = tickScale(highest, data.unit);
  const inTicks = scaleLinear([0, highest > 0 ? highest / scale : 1], [plot.height, 0]).nice(4);
  const y = (value: number) => inTicks(value / scale);
  const x = scaleUtc([new Date(from * 1000), new Date(to * 1000)], [0, plot.width]);
  const at = (time: number) => x(new Date(time * 1000));
  const upper = line<Drawn["edges"][number]>(
    ({ time }) => at(time),
    ({ high }) => y(high),
  );
  const between = area<Drawn["edges"][number]>(
    ({ time }) => at(time),
    ({ low }) => y(low),
    ({ high }) => y(high),
  );

  const grid = inTicks.ticks(4).map((tick) => {
    const value = tick * scale;
    const label = `<text x="-8" y="${n(y(value))}" dy="0.35em" text-anchor="end">${formatValue(value, data.unit)}</text>`;
    return `<line class="grid" x2="${plot.width}" y1="${n(y(value))}" y2="${n(y(value))}"/>${label}`;
  });
  const clock = x.ticks(4).map((time) => {
    const text = time.toISOString().slice(11, 16);
    return `<text x="${n(x(time))}" y="${plot.height + 16}" text-anchor="middle">${text}</text>`;
  });
  const shapes = drawn.map(({ color, edges }) => {
    const fill = `<path d="${between([...edges]) ?? ""}" fill="${color}" opacity="${data.stacked ? 0.35 : 0.1}"/>`;
    return `${fill}<path d="${upper([...edges]) ?? ""}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  });
  const points = thinned(data.exemplars).map(
    ({ time, value }) => `<circle cx="${n(at(time))}" cy="${n(y(value))}" r="2.5" class="exemplar"/>`,
  );
  return [
    `<rect class="card" width="${chartSize.width}" height="${chartSize.height}" rx="4"/>`,
    `<text class="title" x="12" y="20">${escapeHtml(data.title)}</text>`,
    `<g transform="translate(${margin.left} ${margin.top})">`,
    ...grid,
    ...clock,
    ...shapes,
    ...points,
    "</g>",
    legend(drawn, data.exemplars.length > 0),
  ].join("\n");
}

function lines({ series, colors }: PanelData): Drawn[] {
  return series.map(({ name, points }, index) => ({
    name,
    color: colorOf(name, index, colors),
    edges: points.map(({ time, value }) => ({ time, low: 0, high: value })),
  }));
}

function stacked({ series, colors }: PanelData): Drawn[] {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ time }) => time)))].sort((a, b) => a - b);
  const rows = times.map((time) => ({
    time,
    values: series.map(({ points }) => points.find((point) => point.time === time)?.value ?? 0),
  }));
  const layers = stack<(typeof rows)[number], number>()
    .keys(series.keys())
    .value(({ values }, index) => values[index] ?? 0)(rows);
  return layers.map((layer, index) => {
    const name = series[index]?.name ?? "";
    return {
      name,
      color: colorOf(name, index, colors),
      edges: layer.map(([low, high], row) => ({ time: times[row] ?? 0, low, high })),
    };
  });
}

function colorOf(name: string, index: number, colors: PanelData["colors"]): string {
  const chosen = Object.entries(colors).find(([pattern]) => new RegExp(pattern).test(name))?.[1] ?? "";
  return fixed[chosen] ?? palette[index % palette.length] ?? "";
}

/** So few that they do not cover what they stand on. */
function thinned(exemplars: readonly Point[]): Point[] {
  const every = Math.ceil(exemplars.length / 40);
  return exemplars.filter((_, index) => index % every === 0);
}

/** The names of the series below the chart, as many as there is room for. */
function legend(drawn: readonly Drawn[], exemplars: boolean): string {
  const entries = [
    ...drawn.map(({ name, color }) => ({ name, mark: `<rect y="-7" width="8" height="8" fill="${color}"/>` })),
  ];
  if (exemplars) entries.push({ name: "exemplars", mark: '<circle cx="4" cy="-3" r="2.5" class="exemplar"/>' });
  let x = 12;
  const shown = entries.flatMap(({ name, mark }) => {
    const text = name.length > 30 ? `${name.slice(0, 29)}…` : name;
    const place = x;
    // A letter of this size is about 6 wide.
    x += 24 + text.length * 6;
    if (x > chartSize.width) return [];
    return [
      `<g transform="translate(${place} ${chartSize.height - 10})">${mark}<text x="12">${escapeHtml(text)}</text></g>`,
    ];
  });
  return shown.join("\n");
}

/** Bytes are counted by 1024, so that round numbers are round in MiB. */
function tickScale(highest: number, unit: string): number {
  return unit === units.bytes && highest > 0 ? 1024 ** Math.floor(Math.log(highest) / Math.log(1024)) : 1;
}

/** Half a pixel is enough. */
function n(value: number): string {
  return value.toFixed(1);
}

import { escapeHtml } from "../../sandbox/page/page.ts";
import { chartSize } from "./chart.ts";

const columns = 3;
const gap = 12;
const heading = 46;

const style = `
  text { font: 11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #444; }
  .title { font-weight: 600; font-size: 13px; fill: #222; }
  .heading { font-weight: 600; font-size: 17px; fill: #222; }
  .card { fill: #fff; stroke: #ddd; }
  .grid { stroke: #eee; }
  .exemplar { fill: #b5179e; opacity: 0.75; }`;

/** Charts side by side as one picture that stands for itself, on any background. */
export function sheet(title: string, note: string, charts: readonly string[]): string {
  const rows = Math.ceil(charts.length / columns);
  const width = gap + columns * (chartSize.width + gap);
  const height = heading + rows * (chartSize.height + gap);
  const placed = charts.map((chart, index) => {
    const x = gap + (index % columns) * (chartSize.width + gap);
    const y = heading + Math.floor(index / columns) * (chartSize.height + gap);
    return `<g transform="translate(${x} ${y})">\n${chart}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}\n</style>`,
    `<rect width="${width}" height="${height}" fill="#f6f7f9"/>`,
    `<text class="heading" x="${gap}" y="28">${escapeHtml(title)}</text>`,
    `<text x="${width - gap}" y="28" text-anchor="end">${escapeHtml(note)}</text>`,
    ...placed,
    "</svg>\n",
  ].join("\n");
}

import { type Figures, WINDOW } from "./figures.ts";
import { noFigures, noTrace, type SeenService, type View } from "./see.ts";
import { escapeHtml } from "./model/html.ts";
import { lineNotes, type TraceLines } from "./model/traceLines.ts";
import { renderTrace } from "./model/traceHtml.ts";
import { waterfallStyle } from "./model/waterfallStyle.ts";

/** The view as one HTML page that loads nothing from anywhere. */
export function renderPage(view: View): string {
  const { services, trace, lines, links } = view;
  const title = escapeHtml(`${services.map(({ service }) => service).join(", ")}: traces and metrics`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${services.map((seen, index) => renderService(seen, index, services.length > 1)).join("\n")}
<section aria-labelledby="trace">
<h2 id="trace">Newest trace that reaches furthest</h2>
${trace === undefined ? `<p>${escapeHtml(noTrace(services))}</p>` : renderTrace(trace)}
</section>
${lines === undefined ? "" : renderLines(lines)}
<nav aria-label="Sources"><ul>
${links.map(({ label, url }) => `<li><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></li>`).join("\n")}
</ul></nav>
</main>
</body>
</html>
`;
}

function renderService({ service, figures }: SeenService, index: number, several: boolean): string {
  const id = `figures-${index}`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">Requests${several ? ` of ${escapeHtml(service)}` : ""}</h2>
${figures.routes.length === 0 ? `<p>${escapeHtml(noFigures(service))}</p>` : renderFigures(figures)}
</section>`;
}

function renderFigures({ requests, rate, errorRatio, quantiles, routes }: Figures): string {
  const milliseconds = (value: number | undefined) => (value === undefined ? "–" : `${(value * 1000).toFixed(1)} ms`);
  const tiles: [string, string][] = [
    [`requests in ${WINDOW}`, String(Math.round(requests))],
    ["requests per second", rate.toFixed(2)],
    ["failed", errorRatio === undefined ? "–" : `${(errorRatio * 100).toFixed(1)} %`],
    ["p50", milliseconds(quantiles.p50)],
    ["p95", milliseconds(quantiles.p95)],
    ["p99", milliseconds(quantiles.p99)],
  ];
  const rows = routes.map(
    ({ method, route, status, total }) =>
      `<tr><td>${escapeHtml(method)}</td><td>${escapeHtml(route || "(none)")}</td><td>${escapeHtml(status || "–")}</td><td>${total}</td></tr>`,
  );
  return `<dl class="tiles">
${tiles.map(([label, value]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`).join("\n")}
</dl>
<table>
<thead><tr><th>Method</th><th>Route</th><th>Status</th><th>Since the start</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function renderLines(found: TraceLines): string {
  const rows = found.lines.map(
    ({ time, severity, service, text, traceId }) =>
      `<tr><td>${traceId === undefined ? "~ " : ""}${escapeHtml(time)}</td><td>${escapeHtml(severity)}</td><td>${escapeHtml(service)}</td><td><code>${escapeHtml(text)}</code></td></tr>`,
  );
  return `<section aria-labelledby="lines">
<h2 id="lines">Log lines</h2>
${rows.length === 0 ? "" : `<table class="lines">\n<thead><tr><th>Time</th><th>Severity</th><th>Service</th><th>Line</th></tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`}
${lineNotes(found)
  .map((note) => `<p>${escapeHtml(note)}</p>`)
  .join("\n")}
</section>`;
}

const style = `
:root { color-scheme: light dark; --text: #1c2330; --soft: #5b6474; --line: #d9dee7; --back: #fff; --server: #2563a8;
  --client: #b45309; --internal: #8a93a3; --failed: #c02626; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ef; --soft: #9aa4b5; --line: #333b49; --back: #12161d;
  --server: #6aa9ee; --client: #f0a44b; --internal: #77818f; --failed: #f07070; } }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; }
small, dt { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
.tiles div { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; }
dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; margin-top: 1rem; width: 100%; }
th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.lines :is(th, td) { vertical-align: top; } .lines :is(th, td):last-child { text-align: left; }
.lines code { white-space: pre-wrap; overflow-wrap: anywhere; }
${waterfallStyle}nav ul { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; margin: 2rem 0 0; padding: 0; }
a { color: var(--server); }
`;

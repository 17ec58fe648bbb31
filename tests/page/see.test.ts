import assert from "node:assert/strict";
import { type Figures, describeFigures } from "../../page/figures.ts";
import { renderPage } from "../../page/page.ts";
import { describeView, type View } from "../../page/see.ts";
import { exampleTrace } from "../support/exampleTrace.ts";

const figures: Figures = {
  requests: 600,
  rate: 2,
  errorRatio: 0.05,
  quantiles: { p50: 0.0025, p95: 0.01, p99: undefined },
  routes: [
    { method: "GET", route: "", status: "404", total: 10 },
    { method: "GET", route: "/items/{item_id}", status: "200", total: 590 },
  ],
};

const view: View = {
  services: [{ service: "python-api", figures }],
  trace: exampleTrace,
  lines: undefined,
  links: [{ label: "this trace", url: "http://127.0.0.1:16686/api/traces/aa11?a=1&b=2" }],
};

const empty: View = {
  ...view,
  trace: undefined,
  services: [{ service: "python-api", figures: { ...figures, routes: [] } }],
};
const both: View = { ...view, services: [{ service: "orders-api", figures }, ...view.services] };

describe("describeFigures", () => {
  it("says rate, errors and quantiles, and what each route answered", () => {
    assert.deepEqual(describeFigures(figures), [
      "last 5m: 600 requests, 2.00/s, 5.0 % failed, p50 2.5 ms, p95 10.0 ms, p99 -",
      "GET    (none)            404        10 since the start",
      "GET    /items/{item_id}  200       590 since the start",
    ]);
  });
});

describe("describeView", () => {
  it("ends with the links", () => {
    assert.equal(describeView(view).at(-1), "this trace  http://127.0.0.1:16686/api/traces/aa11?a=1&b=2");
  });

  it("says whose figures they are, where there are several", () => {
    const headings = (shown: View) => describeView(shown).filter((line) => line.endsWith("-api:"));
    assert.deepEqual(headings(view), []);
    assert.deepEqual(headings(both), ["orders-api:", "python-api:"]);
  });

  it("shows the log lines below the trace, where there is a store of them", () => {
    assert.ok(!describeView(view).some((line) => line.includes("log line")));
    const shown = describeView({ ...view, lines: { lines: [], cut: false } });
    const at = shown.findIndex((line) => line.startsWith("no log line"));
    assert.ok(at > shown.findIndex((line) => line.startsWith("trace ")) && at < shown.length - 1);
  });

  it("says what to do while there is nothing to see", () => {
    const text = describeView(empty).join("\n");
    assert.match(text, /no trace of python-api yet: .*npm run sandbox -- traffic/);
    assert.match(text, /no metric of python-api yet/);
  });
});

describe("renderPage", () => {
  it("loads nothing from anywhere", () => {
    assert.doesNotMatch(renderPage(view), /<(script|img|link|iframe)\b|\bsrc=|url\(|@import/);
  });

  it("has a section for each of several services", () => {
    assert.match(renderPage(view), /<h2 id="figures-0">Requests<\/h2>/);
    const headings = renderPage(both).match(/<h2 id="figures-\d">[^<]*/g);
    assert.deepEqual(headings, [
      '<h2 id="figures-0">Requests of orders-api',
      '<h2 id="figures-1">Requests of python-api',
    ]);
  });

  it("holds the spans, the figures and the links, with text as text", () => {
    const page = renderPage(view);
    assert.match(page, /url\.full=http:\/\/127\.0\.0\.1:1\/users\/&lt;o&gt;/);
    assert.match(page, /<span class="bar" style="left:25\.00%;width:50\.00%">/);
    assert.match(page, /<dt>p95<\/dt><dd>10\.0 ms<\/dd>/);
    assert.match(page, /href="http:\/\/127\.0\.0\.1:16686\/api\/traces\/aa11\?a=1&amp;b=2"/);
    assert.equal(page.match(/<li class="failed client">/g)?.length, 1);
  });

  it("shows the log lines below the trace as the terminal does, where there is a store of them", () => {
    assert.doesNotMatch(renderPage(view), /Log lines/);
    const line = {
      time: "2026-01-02T03:04:05.678Z",
      severity: "Error",
      service: "python-api",
      namespace: "a",
      pod: "b",
    };
    const lines = [
      { ...line, text: "a < b\n  next", traceId: "aa11" },
      { ...line, severity: "", text: "maybe another's", traceId: undefined },
    ];
    const page = renderPage({ ...view, lines: { lines, cut: true } });
    const rows = [...page.slice(page.indexOf('class="lines"')).matchAll(/<tr><td>.*\n?.*<\/tr>/g)].map(([row]) => row);
    assert.deepEqual(rows, [
      "<tr><td>2026-01-02T03:04:05.678Z</td><td>Error</td><td>python-api</td><td><code>a &lt; b\n  next</code></td></tr>",
      "<tr><td>~ 2026-01-02T03:04:05.678Z</td><td></td><td>python-api</td><td><code>maybe another&#39;s</code></td></tr>",
    ]);
    assert.match(page, /<p>~ names no trace: .*<\/p>\n<p>there are more: the first \d+ /);
    assert.ok(page.indexOf('id="lines"') > page.indexOf('id="trace"'));
    const none = renderPage({ ...view, lines: { lines: [], cut: false } });
    assert.match(none, /<h2 id="lines">Log lines<\/h2>\s*<p>no log line of this trace/);
    assert.doesNotMatch(none, /class="lines"/);
  });

  it("says what to do while there is nothing to see", () => {
    assert.match(renderPage(empty), /<p>no trace of python-api yet/);
  });
});

import assert from "node:assert/strict";
import { request } from "node:http";
import { query } from "../../page/figures.ts";
import { findTraces } from "../../page/traces.ts";
import { eventually } from "../support/eventually.ts";
import { sendMetrics, sendSpans } from "../support/otlp.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const config = {
  instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};
const requests = "http_server_request_duration_seconds_count";

describe("ignored paths", function () {
  this.timeout(600_000);
  const stack = new TelemetryStack(21500, config);
  const { app, collector, jaeger, prometheus } = stack.urls;

  before(async function () {
    await requirePython(this);
    await stack.start("jaeger", "collector", "prometheus", "python-api");
  });
  after(() => stack.remove());

  it("are exact in Python: a longer path and a host of the same word have spans and metrics", async () => {
    const sent = [
      ["/healthz", 200, app],
      ["/healthz?verbose=1", 200, app],
      // No number, so 422.
      ["/items/healthz-report", 422, app],
      ["/items/7", 200, "healthz-gateway"],
      ["/items/8", 200, "metrics"],
    ] as const;
    for (const [path, status, host] of sent) assert.equal(await get(app + path, host), status, path);
    await eventually(async () => {
      const traces = await findTraces(jaeger, { service: "python-api", limit: 100 });
      const paths = traces.map(({ spans }) => spans[0]?.attributes["url.path"] ?? "");
      assert.deepEqual(paths.sort(), ["/items/7", "/items/8", "/items/healthz-report"]);
      const [counted] = await query(prometheus, `sum(${requests}{service_name="python-api"})`);
      assert.equal(counted?.value, 3);
    }, 40_000);
  });

  it("are left out of what any language sends: spans by their path, what is below and metrics by the route", async () => {
    const resource = { "service.name": "any-language" };
    const server = (path: string, more = {}) =>
      ({ name: "GET", kind: "server", attributes: { "url.path": path, ...more } }) as const;
    await sendSpans(collector, resource, [
      server("/healthz", { "http.route": "/healthz" }),
      server("/metrics"),
      { name: "GET", kind: "server", attributes: { "http.target": "/livez" } },
      { name: "request handler - /readyz", kind: "internal", attributes: { "http.route": "/readyz" } },
      server("/healthz/deep"),
      server("/items/healthz"),
      // What the service itself asks of others is its own work.
      { name: "GET client", kind: "client", attributes: { "url.path": "/healthz" } },
      { name: "request handler - /items", kind: "internal", attributes: { "http.route": "/items" } },
    ]);
    const route = (path: string) => ({ attributes: { "http.route": path }, value: 4 });
    const histogram = { name: "http.server.request.duration", unit: "s", type: "histogram", start: Date.now() - 1000 };
    const points = [route("/healthz"), route("/healthz/deep"), route("/items"), { value: 4 }];
    await sendMetrics(collector, resource, [{ ...histogram, type: "histogram", points }]);
    await eventually(async () => {
      const traces = await findTraces(jaeger, { service: "any-language", limit: 100 });
      assert.deepEqual(
        traces
          .flatMap(({ spans }) => spans)
          .map(({ kind, attributes }) => `${kind} ${attributes["url.path"] ?? attributes["http.route"] ?? ""}`)
          .sort(),
        ["client /healthz", "internal /items", "server /healthz/deep", "server /items/healthz"],
      );
      const counted = await query(prometheus, `${requests}{service_name="any-language"}`);
      // A plain server names no route: what it was asked is not known here.
      assert.deepEqual(counted.map(({ labels }) => labels.http_route ?? "").sort(), ["", "/healthz/deep", "/items"]);
    }, 40_000);
  });
});

/** The status of a GET request with a host of its own choice, which `fetch` does not allow. */
function get(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host: host.replace(/^http:\/\//, "") } }, (response) => {
      response.resume().on("end", () => {
        resolve(response.statusCode);
      });
    })
      .on("error", reject)
      .end();
  });
}

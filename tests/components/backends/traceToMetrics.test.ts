import assert from "node:assert/strict";
import { traceToMetrics } from "../../../components/backends/traceToMetrics.ts";
import { ruleFile, runPromtool } from "../../support/promtool.ts";
import { promtool } from "../../../review/rules/promtool.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** What Grafana makes of a query for a span. */
function interpolated(query: string, tags: Readonly<Record<string, string>>): string {
  const labels = traceToMetrics.tags
    .filter(({ key }) => key in tags)
    .map(({ key, value }) => `${value}="${tags[key] ?? ""}"`);
  return query
    .replaceAll("${__span.name}", "GET /hello")
    .replaceAll("$__tags", labels.join(", "))
    .replaceAll("$__rate_interval", "1m");
}

describe("traceToMetrics", function () {
  const folder = temporaryFolder();

  it("asks for rate, errors and duration of the span's operation and service, around its time", () => {
    const queries = traceToMetrics.queries.map(({ query }) =>
      interpolated(query, { "k8s.namespace.name": "shop", "k8s.deployment.name": "cart", "http.route": "/hello" }),
    );
    const span = 'span_name="GET /hello", ';
    const tags = 'k8s_namespace_name="shop", k8s_deployment_name="cart"';
    assert.deepEqual(queries, [
      `sum(rate(traces_span_metrics_calls_total{${span}${tags}}[1m]))`,
      `sum(rate(traces_span_metrics_calls_total{${span}status_code="STATUS_CODE_ERROR", ${tags}}[1m])) / ` +
        `sum(rate(traces_span_metrics_calls_total{${span}${tags}}[1m]))`,
      `histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_milliseconds_bucket{${span}${tags}}[1m]))) / 1000`,
    ]);
    assert.deepEqual([traceToMetrics.spanStartTimeShift, traceToMetrics.spanEndTimeShift], ["-15m", "15m"]);
  });

  const spans: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "all of the tags": { "service.name": "cart", "k8s.namespace.name": "shop", "k8s.deployment.name": "cart" },
    "none of the tags": {},
  };
  for (const [what, tags] of Object.entries(spans)) {
    it(`parses for a span with ${what}`, async function () {
      // A cold build of promtool takes minutes.
      this.timeout("15m");
      const rules = traceToMetrics.queries.map(({ query }, index) => ({
        record: `query:${index}`,
        expr: interpolated(query, tags),
      }));
      const files = { "queries.yaml": ruleFile([{ name: "queries", rules }]) };
      const { ok, output } = await runPromtool(await promtool(), folder(), files, ["check", "rules", "queries.yaml"]);
      assert.ok(ok, output);
    });
  }
});

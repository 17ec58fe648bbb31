import assert from "node:assert/strict";
import { ordersDashboard } from "../../stacks/team-api/ordersDashboard.ts";
import { filledIn, modelOf } from "../support/panels.ts";
import { ruleFile, runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("the dashboard of team-api", () => {
  const folder = temporaryFolder();
  const spec = ordersDashboard();
  const { uid, panels } = modelOf({ dashboard: JSON.parse(spec.json) as object });
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr = "" }) => filledIn(expr)));

  it("is taken by the platform's Grafana, into a folder that the platform has made", () => {
    const { json, ...taken } = spec;
    assert.ok(json.length > 0);
    assert.deepEqual(taken, {
      instanceSelector: { matchLabels: { dashboards: "grafana" } },
      allowCrossNamespaceImport: true,
      uid: "team-api_orders",
      folderUID: "fluffy-folder-applications",
    });
    assert.equal(uid, spec.uid);
  });

  it("shows the API's own counter, and the duration that the injected instrumentation measures", () => {
    const titles = panels.filter(({ type }) => type !== "row").map(({ title }) => title);
    assert.deepEqual(titles, ["Orders by outcome", "Share of failed orders", "Duration, p95"]);
    const selectors = expressions.flatMap((expr) => expr.match(/\w+\{[^}]*\}/g) ?? []);
    assert.deepEqual(
      [...new Set(selectors)],
      [
        'orders_total{namespace="team-api"}',
        'orders_total{namespace="team-api",outcome="failed"}',
        'http_server_request_duration_seconds_bucket{service_name="orders-api"}',
        'http_client_request_duration_seconds_bucket{service_name="orders-api",http_request_method="GET"}',
      ],
    );
  });

  it("has expressions that parse", async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }));
    const files = { "panels.yaml": ruleFile([{ name: "panels", rules }]) };
    const verdict = await runPromtool(await promtool(), folder(), files, ["check", "rules", "panels.yaml"]);
    assert.ok(verdict.ok, verdict.output);
  });
});

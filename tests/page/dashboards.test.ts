import assert from "node:assert/strict";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { dashboards } from "../../dashboards/index.ts";
import { pageDashboard, pageDashboards } from "../../page/dashboards.ts";
import { parseSettings } from "../../settings/read.ts";
import { rowsOf } from "../../page/model/panel.ts";

const panel = { id: 1, type: "timeseries", gridPos: { x: 0, y: 0, w: 12, h: 8 } };
const board = (change: object) => JSON.stringify({ uid: "orders", title: "Orders", panels: [panel], ...change });

describe("pageDashboards", () => {
  it("leaves out, with a line each, what the page does not draw", () => {
    const jaeger = { ...panel, targets: [{ refId: "A", queryType: "search", datasource: { type: "jaeger" } }] };
    const { dashboards, leftOut } = pageDashboards([
      { name: "shop/traces", json: board({ panels: [jaeger] }) },
      { name: "shop/orders", json: board({}) },
      { name: "shop/rows", json: board({ panels: undefined }) },
      { name: "shop/broken", json: "{" },
    ]);
    assert.deepEqual(
      dashboards.map(({ title }) => title),
      ["Orders"],
    );
    const [traces = "", rows = "", broken = ""] = leftOut;
    assert.match(traces, /^dashboard shop\/traces is not shown: panels\.0\.targets\.0\.expr: /);
    assert.match(rows, /^dashboard shop\/rows is not shown: panels: /);
    assert.match(broken, /^dashboard shop\/broken is not shown: .*JSON/);
    assert.ok(leftOut.every((line) => !line.includes("\n")));
  });
});

describe("pageDashboard", () => {
  it("hides what only a link needs: the workload of a service's pods", () => {
    const api = dashboards(parseSettings({})).find(({ uid }) => uid === dashboardUids.api);
    const { variables } = pageDashboard(JSON.stringify(api?.dashboard));
    const hidden = variables.filter((variable) => variable.hidden).map(({ name }) => name);
    assert.deepEqual(hidden, ["pods", "workload"]);
  });

  it("has the panels of a folded row, and those above the first row", () => {
    const row = { ...panel, id: 2, type: "row", title: "More", collapsed: true, panels: [{ ...panel, id: 3 }] };
    const { panels } = pageDashboard(board({ panels: [panel, row] }));
    assert.deepEqual(
      rowsOf(panels).map(({ title, panels: inRow }) => [title, inRow.map(({ id }) => id)]),
      [
        ["", [1]],
        ["More", [3]],
      ],
    );
  });

  it("takes a first step without a value", () => {
    const thresholds = { steps: [{ color: "green" }, { color: "red", value: 1 }] };
    const [drawn] = pageDashboard(board({ panels: [{ ...panel, fieldConfig: { defaults: { thresholds } } }] })).panels;
    assert.deepEqual(drawn?.steps, [
      { color: "green", value: null },
      { color: "red", value: 1 },
    ]);
  });
});

import assert from "node:assert/strict";
import { z } from "zod";
import { timeSeries } from "../../../../dashboards/kit/panels/timeSeries.ts";
import { thresholds } from "../../../../dashboards/kit/thresholds.ts";
import { built } from "../../../support/panels.ts";

const args = { title: "Some", description: "Some panel.", unit: "s" } as const;

describe("timeSeries", () => {
  it("starts at zero, and shows exemplars where asked for", () => {
    const queries = [
      { expr: "a", legend: "A" },
      { expr: "b", legend: "B", exemplars: true },
    ];
    const { type, targets, fieldConfig } = built(timeSeries({ ...args, queries }));
    assert.equal(type, "timeseries");
    assert.deepEqual(
      targets.map(({ refId, expr, legendFormat, exemplar }) => [refId, expr, legendFormat, exemplar ?? false]),
      [
        ["A", "a", "A", false],
        ["B", "b", "B", true],
      ],
    );
    assert.deepEqual([fieldConfig.defaults["min"], fieldConfig.defaults["unit"]], [0, "s"]);
  });

  it("draws lines at thresholds, stacks parts, and colours series by name", () => {
    const queries = [{ expr: "a", legend: "A" }];
    const { fieldConfig } = built(
      timeSeries({ ...args, queries, stacked: true, thresholds: thresholds.fill, colors: { "5..": "red" } }),
    );
    const mode = z.object({ mode: z.string() });
    const { custom } = z
      .object({ custom: z.object({ stacking: mode, thresholdsStyle: mode }) })
      .parse(fieldConfig.defaults);
    assert.deepEqual([custom.stacking.mode, custom.thresholdsStyle.mode], ["normal", "dashed"]);
    assert.deepEqual(fieldConfig.overrides, [
      {
        matcher: { id: "byRegexp", options: "5.." },
        properties: [{ id: "color", value: { mode: "fixed", fixedColor: "red" } }],
      },
    ]);
  });

  it("draws numbers of log lines as VictoriaLogs counts them", () => {
    const queries = [{ expr: "* | stats by (a) rate() lines", legend: "{{a}}" }];
    const { targets } = built(timeSeries({ ...args, queries, source: "logs" }));
    const datasource = { type: "victoriametrics-logs-datasource", uid: "victoria-logs" };
    assert.deepEqual(targets, [
      { refId: "A", queryType: "statsRange", expr: queries[0]?.expr, legendFormat: "{{a}}", datasource },
    ]);
  });
});

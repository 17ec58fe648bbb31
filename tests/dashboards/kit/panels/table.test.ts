import assert from "node:assert/strict";
import { table } from "../../../../dashboards/kit/panels/table.ts";
import { thresholds } from "../../../../dashboards/kit/thresholds.ts";
import { built } from "../../../support/panels.ts";

const args = { title: "Some", description: "Some table." } as const;

describe("table", () => {
  const column = (header: string) =>
    ({ header, expr: `${header}_total`, unit: "reqps", thresholds: thresholds.zero }) as const;
  const organize = (...headers: string[]) => {
    const panel = built(table({ ...args, labels: { job: "Job" }, columns: headers.map(column) }));
    return panel.transformations?.find(({ id }) => id === "organize")?.options["renameByName"];
  };

  it("names the columns after labels and queries, as Grafana calls their values", () => {
    assert.deepEqual(organize("Calls", "Errors"), { job: "Job", "Value #A": "Calls", "Value #B": "Errors" });
    assert.deepEqual(organize("Calls"), { job: "Job", Value: "Calls" });
  });

  it("gives columns units, colours and links, and asks for the newest values", () => {
    const link = { title: "More", url: "/d/more" };
    const { targets, fieldConfig } = built(
      table({ ...args, labels: { job: "Job" }, columns: [column("Calls")], links: { Job: [link] } }),
    );
    assert.deepEqual([targets[0]?.["instant"], targets[0]?.["format"]], [true, "table"]);
    assert.deepEqual(fieldConfig.overrides, [
      {
        matcher: { id: "byName", options: "Calls" },
        properties: [
          { id: "unit", value: "reqps" },
          { id: "thresholds", value: { mode: "absolute", steps: [...thresholds.zero] } },
          { id: "custom.cellOptions", value: { type: "color-text" } },
        ],
      },
      { matcher: { id: "byName", options: "Job" }, properties: [{ id: "links", value: [link] }] },
    ]);
  });
});

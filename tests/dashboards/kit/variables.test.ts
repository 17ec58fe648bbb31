import assert from "node:assert/strict";
import { labelValues } from "../../../dashboards/kit/variables.ts";

const args = { name: "service", label: "Service", description: "Some service.", series: "up", of: "job" };

describe("labelValues", () => {
  it("offers the values of a label, one at a time", () => {
    const variable = labelValues(args).build();
    assert.equal((variable.query as { query: string }).query, "label_values(up, job)");
    assert.equal(variable.multi, false);
    assert.equal(variable.includeAll, false);
  });

  it("offers several, and begins with all, which match series without the label too", () => {
    const variable = labelValues({ ...args, many: true }).build();
    assert.deepEqual(
      [variable.multi, variable.includeAll, variable.allValue, variable.current],
      [true, true, ".*", { text: "All", value: "$__all" }],
    );
  });
});

import assert from "node:assert/strict";
import { heatmap } from "../../../../dashboards/kit/panels/heatmap.ts";
import { built } from "../../../support/panels.ts";

describe("heatmap", () => {
  it("takes buckets, with exemplars", () => {
    const { type, targets } = built(
      heatmap({ title: "Some", description: "Some buckets.", unit: "s", expr: "sum by (le) (a_bucket)" }),
    );
    assert.equal(type, "heatmap");
    assert.deepEqual([targets[0]?.["format"], targets[0]?.["exemplar"]], ["heatmap", true]);
  });
});

import assert from "node:assert/strict";
import { stat } from "../../../../dashboards/kit/panels/stat.ts";
import { built } from "../../../support/panels.ts";

describe("stat", () => {
  it("shows the newest value, and says when there is none", () => {
    const { type, options, fieldConfig } = built(
      stat({ title: "Some", description: "Some number.", unit: "short", expr: "up" }),
    );
    assert.equal(type, "stat");
    assert.deepEqual((options?.["reduceOptions"] as { calcs: string[] }).calcs, ["lastNotNull"]);
    assert.equal(fieldConfig.defaults["noValue"], "no data");
  });
});

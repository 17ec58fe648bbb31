import assert from "node:assert/strict";
import { objectivesRow } from "../../dashboards/apiObjectives.ts";
import { dashboard } from "../../dashboards/kit/dashboard.ts";
import { thresholds } from "../../dashboards/kit/thresholds.ts";
import { modelOf } from "../support/panels.ts";

describe("objectivesRow", () => {
  const rows = [objectivesRow('service_name="$service"')];
  const made = dashboard({ uid: "u", title: "t", description: "d", folder: "applications", rows });
  const { panels } = modelOf(made);

  it("colours its numbers by the budget, and shows the share so that 99.46 % is not 99.5 %", () => {
    const built = objectivesRow("x").panels.map((panel) => panel.build());
    const numbers = built.filter(({ type }) => type === "stat");
    assert.equal(numbers.length, 2);
    for (const { fieldConfig } of numbers) {
      assert.deepEqual(fieldConfig?.defaults.thresholds?.steps, thresholds.burn);
      const [share] = fieldConfig.overrides;
      assert.deepEqual(share?.properties.find(({ id }) => id === "decimals")?.value, 3);
      assert.deepEqual(share.properties.find(({ id }) => id === "unit")?.value, "percentunit");
    }
  });

  it("names each line by its window and namespace", () => {
    for (const { type, targets = [] } of panels)
      if (type === "timeseries")
        for (const { legendFormat = "" } of targets)
          assert.match(legendFormat, /^over \w+, \{\{k8s_namespace_name\}\}$/);
  });
});

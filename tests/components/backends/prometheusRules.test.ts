import assert from "node:assert/strict";
import { programRun } from "../../../review/program/runs.ts";

describe("Rules", () => {
  it("are PrometheusRules that the selectors of Prometheus take", async () => {
    const { registered } = await programRun({});
    const rules = registered.filter(({ type }) => type.endsWith(":PrometheusRule"));
    assert.deepEqual(
      rules.map(({ name }) => name).sort(),
      ["cluster", "platform", "services"].map((name) => `PrometheusRule-${name}`),
    );
    for (const { inputs } of rules) {
      assert.equal((inputs.metadata as { namespace: string }).namespace, "observability");
      assert.ok((inputs.spec as { groups: unknown[] }).groups.length > 1);
    }
  });
});

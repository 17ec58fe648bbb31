import assert from "node:assert/strict";
import { limitSteps, type Steps, thresholds, thresholdsConfig } from "../../../dashboards/kit/thresholds.ts";

/** The colour that a value has. */
function color(steps: Steps, value: number): string | undefined {
  return steps.findLast((step) => step.value === null || value >= step.value)?.color;
}

describe("thresholds", () => {
  it("start at the bottom and rise", () => {
    for (const [name, [first, ...others]] of Object.entries<Steps>(thresholds)) {
      assert.equal(first?.value, null, name);
      const values = others.map(({ value }) => Number(value));
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
        name,
      );
    }
  });

  it("tell good from bad", () => {
    const colors = (steps: Steps, ...values: number[]) => values.map((value) => color(steps, value));
    assert.deepEqual(colors(thresholds.errorRatio, 0, 0.02, 0.5), ["green", "orange", "red"]);
    const burnt = colors(thresholds.burn, 0, 0.99, 1, 2.99, 3);
    assert.deepEqual(burnt, ["green", "green", "orange", "orange", "red"]);
    assert.deepEqual(colors(thresholds.fill, 0.1, 0.8, 0.95), ["green", "orange", "red"]);
    assert.deepEqual(colors(thresholds.left, 0.05, 0.2, 0.5), ["red", "orange", "green"]);
    assert.deepEqual(colors(thresholds.zero, 0, 0.001), ["green", "red"]);
    assert.deepEqual(colors(thresholds.present, 0, 1), ["red", "green"]);
    assert.deepEqual(colors(thresholds.duration, 0.1, 0.7, 3), ["green", "orange", "red"]);
    assert.deepEqual(colors(thresholds.expiry, 86_400, 10 * 86_400, 60 * 86_400), ["red", "orange", "green"]);
    assert.deepEqual(colors(thresholds.none, 0, 1e9), ["green", "green"]);
  });

  it("take 70 and 90 % of a limit", () => {
    const values = limitSteps(1000).map(({ value }) => value);
    assert.deepEqual(values, [null, 700, 900]);
  });

  it("become Grafana's model", () => {
    const steps = [...thresholds.present];
    assert.deepEqual(thresholdsConfig(thresholds.present).build(), { mode: "absolute", steps });
  });
});

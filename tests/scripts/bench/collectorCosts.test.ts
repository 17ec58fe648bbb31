import assert from "node:assert/strict";
import { costTable } from "../../../scripts/bench/collectorCosts.ts";

describe("costTable", () => {
  it("has medians, and the medians of the ratios within a round", () => {
    const rounds = [
      { bare: 4, before: 5, now: 6 },
      // Everything took twice as long.
      { bare: 8, before: 10, now: 12 },
      { bare: 5, before: 5, now: 5 },
    ];
    assert.deepEqual(costTable(["bare", "before", "now"], rounds, "before").split("\n").slice(2), [
      "| bare | 5.00 | 1.00 | 0.80 |",
      "| before | 5.00 | 1.25 | 1.00 |",
      "| now | 6.00 | 1.50 | 1.20 |",
    ]);
  });
});

import assert from "node:assert/strict";
import { accuracyTable } from "../../../scripts/bench/ruleWindows.ts";

describe("accuracyTable", () => {
  it("has differences in percent, and what is said of burning budgets", () => {
    const table = accuracyTable([
      {
        service: "shop",
        ratio: "error",
        windows: {
          "5m": { moments: 0, atOnce: 0, withinOne: 0 },
          "1h": { moments: 9, atOnce: 0.05, withinOne: 0.0012 },
        },
        burning: { due: 7, missed: 1, wrong: 2 },
      },
    ]);
    assert.equal(table.split("\n").at(-1), "| shop | error | - | 0.12 (5.00) | 7 | 1 | 2 |");
    assert.equal(table.split("\n")[0], "| Service | Ratio | 5m | 1h | Minutes to be told | Missed | Wrong |");
  });
});

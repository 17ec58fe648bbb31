import assert from "node:assert/strict";
import { fittedLine } from "../../../scripts/bench/line.ts";

describe("fittedLine", () => {
  it("goes through points that are on a line", () => {
    assert.deepEqual(
      fittedLine([
        [0, 5],
        [2, 9],
        [10, 25],
      ]),
      { base: 5, slope: 2 },
    );
  });

  it("goes between points that are not", () => {
    const { base, slope } = fittedLine([
      [0, 1],
      [0, 3],
      [4, 9],
      [4, 11],
    ]);
    assert.deepEqual([base, slope], [2, 2]);
  });
});

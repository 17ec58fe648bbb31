import assert from "node:assert/strict";
import { durationSeconds } from "../../settings/duration.ts";

describe("durationSeconds", () => {
  it("reads seconds, minutes, hours and days", () => {
    assert.deepEqual(["30s", "5m", "6h", "3d"].map(durationSeconds), [30, 300, 21_600, 259_200]);
  });

  it("is not a number for anything else", () => {
    assert.deepEqual(["2w", "5", "m", "1h30m"].map(durationSeconds), [NaN, NaN, NaN, NaN]);
  });
});

import assert from "node:assert/strict";
import { inTurn } from "../../../scripts/bench/turns.ts";

describe("inTurn", () => {
  it("begins each round with another one, and leaves none out", () => {
    const rounds = [0, 1, 2, 3].map((round) => inTurn(["a", "b", "c"], round).join(""));
    assert.deepEqual(rounds, ["abc", "bca", "cab", "abc"]);
  });
});

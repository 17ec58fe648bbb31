import assert from "node:assert/strict";
import { prodTable } from "../../../scripts/bench/prodTable.ts";

describe("prodTable", () => {
  it("says what each took, how much more that is, and how it was measured", () => {
    const figures = {
      former: { up: 20, preview: 4, resources: 100 },
      present: { up: 25, preview: 3, resources: 200 },
    };
    const lines = prodTable(figures, { rounds: 3, artifacts: "stand-ins", node: "v22.0.0" }).split("\n");
    assert.deepEqual(lines.slice(2), [
      "| `up` into an empty cluster | 20.0 s | 25.0 s | 1.25 |",
      "| `preview`, nothing changed | 4.0 s | 3.0 s | 0.75 |",
      "| resources | 100 | 200 | 2.00 |",
      "",
      "Medians of 3 rounds in turns, stand-ins, Node v22.0.0.",
    ]);
  });
});

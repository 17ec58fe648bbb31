import assert from "node:assert/strict";
import { truthTable } from "./truthTable.ts";

describe("truthTable", () => {
  it("has a row for each case, with how far it is off and may be", () => {
    const rows = truthTable([
      { what: "steady", sent: 200, said: 201.04, bound: 2 },
      { what: "exact", sent: 10, said: 10 },
      { what: "lost", sent: 100, said: 98.5, bound: 5 },
      { what: "available", sent: 97.251, said: 97.0, bound: 0.5, share: true },
    ]).split("\n");
    assert.deepEqual(rows.slice(2), [
      "| steady | 200 | 201 | +0.5 % | 2 % |",
      "| exact | 10 | 10 | 0 % | 0 % |",
      "| lost | 100 | 98.5 | -1.5 % | 5 % |",
      "| available | 97.25 % | 97 % | -0.25 points | 0.5 points |",
    ]);
  });
});

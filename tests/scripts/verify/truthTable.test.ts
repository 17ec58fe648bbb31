import assert from "node:assert/strict";
import { truthTable } from "../../../scripts/verify/truthTable.ts";

describe("truthTable", () => {
  it("has a row for each case, with how far it is off", () => {
    const rows = truthTable([
      { what: "steady", sent: 200, said: 201.04 },
      { what: "exact", sent: 10, said: 10 },
      { what: "lost", sent: 100, said: 98.5 },
    ]).split("\n");
    assert.deepEqual(rows.slice(2), [
      "| steady | 200 | 201 | +0.5 % |",
      "| exact | 10 | 10 | 0 % |",
      "| lost | 100 | 98.5 | -1.5 % |",
    ]);
  });
});

import assert from "node:assert/strict";
import { samplingTable } from "./samplingTable.ts";

describe("samplingTable", () => {
  it("has a row for each case", () => {
    const table = samplingTable([
      { what: "Failed", sent: 10, found: 10, expected: "all" },
      { what: "Killed", sent: 5, found: 4, expected: "4 or more", remark: "one lost" },
    ]);
    assert.deepEqual(table.split("\n").slice(2), [
      "| Failed | 10 | 10 | all |  |",
      "| Killed | 5 | 4 | 4 or more | one lost |",
    ]);
  });
});

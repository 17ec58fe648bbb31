import assert from "node:assert/strict";
import { logsTable } from "./logsTable.ts";

describe("logsTable", () => {
  it("has a row for each case", () => {
    const rows = logsTable([
      { what: "Rotated", written: 10, found: 9, doubled: 1 },
      { what: "Killed", written: 5, found: 5, doubled: 0, remark: "in time" },
    ]).split("\n");
    assert.deepEqual(rows.slice(2), ["| Rotated | 10 | 9 | 1 |  |", "| Killed | 5 | 5 | 0 | in time |"]);
  });
});

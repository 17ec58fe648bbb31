import assert from "node:assert/strict";
import { volumeTable } from "../../../scripts/bench/logVolumeTable.ts";

describe("volumeTable", () => {
  it("says of each application what a request, a line and a gigabyte cost", () => {
    const table = volumeTable([{ name: "till", requests: 500, lines: 1000, printed: 100_000, stored: 12_500 }]);
    assert.equal(table.split("\n").at(-1), "| till | 1,000 | 200 | 100 | 12.5 | 125 MB |");
  });
});

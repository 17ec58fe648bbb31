import assert from "node:assert/strict";
import { reliabilityTable } from "./reliabilityTable.ts";

describe("reliabilityTable", () => {
  it("says what was run, where, and how each file ended", () => {
    const run = { date: "2030-01-02", commit: "abc1234", seed: "7", kills: "10", platformKills: "2", cores: 4 };
    const table = reliabilityTable([{ file: "a.test.ts", passes: 3, failures: 1, pending: 0, duration: 61_400 }], {
      ...run,
      isChanged: true,
    });
    assert.match(table, /^2030-01-02, commit abc1234 with changes, 4 cores, seed 7; 10 kills .*, 2 each /);
    assert.equal(table.split("\n").at(-1), "| `a.test.ts` | 3 | 1 | 0 | 61 |");
  });
});

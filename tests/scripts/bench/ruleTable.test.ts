import assert from "node:assert/strict";
import { ruleTable } from "../../../scripts/bench/ruleTable.ts";

describe("ruleTable", () => {
  it("has what the rules of now cost as a share of what those before did, with as many services", () => {
    const evaluation = (once: number) => ({ once, perMinute: once * 2, memory: 30 });
    const table = ruleTable([
      { services: 10, of: "06fdc80", rules: 52, evaluation: evaluation(100) },
      { services: 30, of: "06fdc80", rules: 52, evaluation: evaluation(300) },
      { services: 30, of: "now", rules: 96, evaluation: evaluation(20) },
    ]);
    assert.deepEqual(table.split("\n").slice(2), [
      "| 10 | 06fdc80 | 52 | 100 | 200 | 30 |",
      "| 30 | 06fdc80 | 52 | 300 | 600 | 30 |",
      "| 30 | now | 96 | 20 (1/15.0) | 40 (1/15.0) | 30 (1/1.0) |",
    ]);
  });
  it("has no share where nothing was seen", () => {
    const [before, now] = [30, 0].map((memory) => ({ once: 10, perMinute: 10, memory }));
    assert.ok(before && now);
    const table = ruleTable([
      { services: 10, of: "06fdc80", rules: 52, evaluation: before },
      { services: 10, of: "now", rules: 96, evaluation: now },
    ]);
    assert.equal(table.split("\n").at(-1), "| 10 | now | 96 | 10 (1/1.0) | 10 (1/1.0) | 0 |");
  });
});

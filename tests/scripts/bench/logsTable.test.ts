import assert from "node:assert/strict";
import { agentTable } from "../../../scripts/bench/logsTable.ts";

describe("agentTable", () => {
  it("has medians, and the medians of each round's ratios to the first", () => {
    const round = (plain: number, agent: number) => ({
      plain: { cpu: plain, memory: 100 },
      agent: { cpu: agent, memory: 120 },
    });
    const rows = agentTable({ plain: "plain", agent: "ours" }, [round(0.2, 0.1), round(0.1, 0.06), round(0.4, 0.2)]);
    assert.deepEqual(rows.split("\n").slice(2), [
      "| plain | 0.200 | 1.00 | 100 | 1.00 |",
      "| ours | 0.100 | 0.50 | 120 | 1.20 |",
    ]);
  });
});

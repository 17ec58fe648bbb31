import assert from "node:assert/strict";
import { alertsTable, meanings, recordOf } from "./alertsTable.ts";
import type { Judgement } from "../alerting/life/judgement.ts";
import { kinds } from "../alerting/life/incident.ts";

const judgement: Judgement = {
  kinds: [
    { kind: "1", incidents: 16, near: 8, due: 12, told: 12, longest: 19 },
    { kind: "failed requests", incidents: 40, near: 24, due: 28, told: 27, longest: 61 },
  ],
  missed: ["one"],
  falseAlarms: { critical: [], warning: ["two", "three"] },
  flapping: ["four"],
};
const now = recordOf(judgement, { seed: 7, seconds: 600 });
const run = { date: "2030-01-02", commit: "abc1234", near: 32 };

describe("alertsTable", () => {
  it("has a row for each kind, and what was wrong, beside the former rules", () => {
    const former = { ...now, kinds: now.kinds.map((kind) => ({ ...kind, told: 3 })), falseCritical: 5 };
    const lines = alertsTable(now, former, run).split("\n");
    assert.match(lines[0] ?? "", /^2030-01-02, commit abc1234, seed 7, 600 s: 56 incidents, 32 of them /);
    assert.ok(lines.includes("| a part falls over again and again | 16 | 8 | 12 | 3 | 12 | 19 |"));
    assert.ok(lines.includes("| All | 56 | 32 | 40 | 6 | 39 |  |"));
    assert.ok(lines.includes("| False alarms, critical |  |  |  | 5 | 0 |  |"));
    assert.ok(lines.includes("| False alarms, warning |  |  |  | 2 | 2 |  |"));
  });

  it("leaves the column empty where the former rules were not asked", () => {
    assert.ok(alertsTable(now, undefined, run).includes("| All | 56 | 32 | 40 |  | 39 |  |"));
  });

  it("says of each numbered kind what it is", () => {
    assert.deepEqual(
      Object.keys(meanings),
      Object.keys(kinds).filter((kind) => /^\d+$/.test(kind)),
    );
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const document = readFileSync(path.join(import.meta.dirname, "../../docs/truth.md"), "utf8");
const table = /<!-- truth: begin -->(.*)<!-- truth: end -->/s.exec(document)?.[1] ?? assert.fail("no table");

/** A number with its unit, such as `-0.25 points`. */
function amount(cell = ""): { value: number; unit: string } {
  const [, value, unit = ""] = /^([+-]?[\d.]+) (%|points)$/.exec(cell) ?? assert.fail(cell);
  return { value: Number(value), unit };
}

describe("what docs/truth.md says was found", () => {
  it("is within its bounds, and these are what is promised", () => {
    const rows = table.trim().split("\n").slice(2);
    for (const row of rows.filter((line) => line !== "")) {
      const [what = "", , , off, most] = row
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      const [deviation, bound] = [amount(off), amount(most)];
      assert.equal(deviation.unit, bound.unit, row);
      assert.ok(Math.abs(deviation.value) <= bound.value, row);
      const promised = bound.unit === "points" ? 0.5 : what.includes("random schedules") ? 5 : 2;
      assert.ok(bound.value <= promised, row);
    }
  });
});

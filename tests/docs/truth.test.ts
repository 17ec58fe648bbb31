import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const docs = path.join(import.meta.dirname, "../../docs");

/** Cells of the rows below the head of a table that a script wrote. */
function rowsOf(file: string, block: string): string[][] {
  const text = readFileSync(path.join(docs, file), "utf8");
  const table = new RegExp(`<!-- ${block}: begin -->(.*)<!-- ${block}: end -->`, "s").exec(text)?.[1];
  assert.ok(table !== undefined, `no ${block} in ${file}`);
  const rows = table
    .trim()
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
  assert.ok(rows.length > 0, `nothing in ${block} of ${file}`);
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A number with its unit, such as `-0.25 points`. */
function amount(cell = ""): { value: number; unit: string } {
  const [, value, unit = ""] = /^([+-]?[\d.]+) (%|points)$/.exec(cell) ?? assert.fail(cell);
  return { value: Number(value), unit };
}

describe("what was measured", () => {
  it("of requests and shares is within its bounds, and these are what is promised", () => {
    for (const [what = "", , , off, most] of rowsOf("truth.md", "truth")) {
      const [deviation, bound] = [amount(off), amount(most)];
      assert.equal(deviation.unit, bound.unit, what);
      assert.ok(Math.abs(deviation.value) <= bound.value, what);
      const promised = bound.unit === "points" ? 0.5 : what.includes("random schedules") ? 5 : 2;
      assert.ok(bound.value <= promised, what);
    }
  });

  it("of the collector's cost is at most 1.3 times that of a batch, and 1.15 times that of 06fdc80", () => {
    const rows = new Map(rowsOf("decisions.md", "collector-cost").map(([name, , ...ratios]) => [name, ratios]));
    const [toBare, toFormer] = (rows.get("now") ?? assert.fail("no figures")).map(Number);
    assert.ok(toBare !== undefined && toBare <= 1.3, String(toBare));
    assert.ok(toFormer !== undefined && toFormer <= 1.15, String(toFormer));
  });

  it("of prod with everything on takes at most 1.5 times what prod of 06fdc80 takes", () => {
    const ratios = new Map(rowsOf("production.md", "prod").map(([what, , , ratio]) => [what, Number(ratio)]));
    for (const verb of ["`up` into an empty cluster", "`preview`, nothing changed"]) {
      const ratio = ratios.get(verb) ?? assert.fail(`no figures of ${verb}`);
      assert.ok(ratio <= 1.5, `${verb}: ${ratio}`);
    }
  });

  it("of the program takes less than 2 s to its last registration, whatever it registers", () => {
    for (const [program = "", , toLast = ""] of rowsOf("decisions.md", "program")) {
      const [, milliseconds] = /^(\d+) ms$/.exec(toLast) ?? assert.fail(toLast);
      assert.ok(Number(milliseconds) < 2000, `${program}: ${toLast}`);
    }
  });
});

import assert from "node:assert/strict";
import { asWritten, figuresTable, readFigures } from "../../../scripts/bench/sizingFigures.ts";
import { figures } from "../../support/sizingFigures.ts";
import { tableUnder } from "../../support/markdown.ts";

describe("figuresTable", () => {
  it("is read back as it was written", () => {
    const measured = { ...figures, sampleBytes: 1.23456, jaegerRate: 8012.88 };
    const rows = tableUnder(`# Figures\n\n${figuresTable(measured)}\n`, "Figures");
    assert.deepEqual(readFigures(rows), asWritten(measured));
    assert.deepEqual([asWritten(measured).sampleBytes, asWritten(measured).jaegerRate], [1.23, 8013]);
  });

  it("that lacks a figure is refused by that figure's name", () => {
    const rows = tableUnder(`# Figures\n\n${figuresTable(figures)}\n`, "Figures");
    assert.throws(() => readFigures(rows.slice(1)), /no figure "Series of a pod: /);
    const [first = []] = rows;
    assert.throws(() => readFigures([[first[0] ?? "", ""], ...rows.slice(1)]), /no figure "Series of a pod: /);
  });
});

import assert from "node:assert/strict";
import { harmlessTable } from "./harmlessTable.ts";
import type { Outcome } from "../harmless/outcome.ts";

const outcome: Outcome = {
  ...{
    application: "job",
    language: "python",
    python: "3.9.18",
    collector: "there",
    processOne: false,
    annotated: false,
  },
  difference: { missingLines: [], unknownLines: [], otherAnswers: [], extraSeconds: 0.5 },
  allRequests: true,
};

/** The cells of the only row. */
function cells(...outcomes: Outcome[]): string[] {
  const last = harmlessTable(outcomes).split("\n").at(-1) ?? "";
  return last
    .split("|")
    .map((cell) => cell.trim())
    .slice(1, -1);
}

describe("harmlessTable", () => {
  it("has a row for each application of a language, the worst of its runs", () => {
    const slower = { ...outcome, python: "3.13.0", difference: { ...outcome.difference, extraSeconds: 1.25 } };
    assert.deepEqual(cells(outcome, slower), ["Python: job", "yes", "yes", "yes", "no", "1.25", "", "", "", "yes"]);
    assert.equal(harmlessTable([outcome, { ...outcome, language: "java" }]).split("\n").length, 6);
  });

  it("says no where one run differs", () => {
    const differs = (difference: Partial<Outcome["difference"]>) =>
      cells(outcome, { ...outcome, difference: { ...outcome.difference, ...difference } });
    assert.equal(differs({ missingLines: ["a"] })[1], "no");
    assert.equal(differs({ unknownLines: ["a"] })[1], "no");
    assert.equal(differs({ otherAnswers: ["a"] })[2], "no");
    assert.equal(differs({ otherExit: ["code 0", "code 1"] })[3], "no");
    assert.equal(cells(outcome, { ...outcome, allRequests: false }).at(-1), "no");
  });

  it("says where the annotation was enough, and nothing of what was not tried", () => {
    assert.equal(cells(outcome, { ...outcome, annotated: true })[4], "yes");
    const { application, language, processOne, annotated, difference } = outcome;
    const unknown = { application, language, processOne, annotated, difference };
    assert.deepEqual(cells({ ...unknown, collector: "silent" }).slice(5), ["", "", "0.50", "", ""]);
  });

  it("names the Pythons in their order", () => {
    const [first] = harmlessTable([{ ...outcome, python: "3.13.0" }, outcome]).split("\n");
    assert.equal(first, "Python 3.9.18, 3.13.0; 2 comparisons.");
  });
});

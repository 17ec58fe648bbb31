import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { isVerified, noteResult } from "../support/verifyResults.ts";
import { createReport } from "../../cli/report.ts";
import { type Case, cases, isInjected, title } from "./cases.ts";
import { compare, endBound, hasAllRequests } from "./comparison.ts";
import { missing } from "./missing.ts";
import type { Outcome } from "./outcome.ts";
import { findPythons, minorVersion, oldestInjectedPython } from "../../review/injection/pythons.ts";
import { Runner } from "./runner.ts";

const pythons = await findPythons();
const suited = pythons.length >= 2 && pythons.some((python) => minorVersion(python) < oldestInjectedPython);
// `npm run verify -- harmless` tries every case.
const all = cases(suited || !process.env["CI"] ? pythons : [], isVerified());
// In CI a machine that lacks something is an error.
const isTried = (each: Case) => process.env["CI"] !== undefined || missing(each) === undefined;
const chosen = all.filter(isTried);

describe("an injected application does what it did before", function () {
  this.timeout(600_000);

  const runner = new Runner(createReport(), pythons.at(-1));
  let outcomes: Promise<Outcome>[] = [];

  before(async () => {
    console.log(`    Pythons: ${pythons.map(({ version }) => version).join(", ") || "none"}`);
    await runner.start();
    outcomes = inTurn(chosen, 2 * availableParallelism(), outcomeOf);
  });

  after(() => runner.stop());

  async function outcomeOf(each: Case): Promise<Outcome> {
    const { application, python, collector, processOne, annotated } = each;
    const without = await runner.without(each);
    const injected = await runner.injected(each);
    const allRequests = isInjected(each) ? hasAllRequests(application, injected, collector) : undefined;
    return {
      ...{ application: application.name, language: application.language, collector, processOne, annotated },
      ...(python === undefined ? {} : { python: python.version }),
      difference: compare(without, injected),
      ...(allRequests === undefined ? {} : { allRequests }),
    };
  }

  /** Applications that run beside each other delay each other: one that ended late is tried again when it is alone. */
  async function quietOutcome(each: Case, outcome: Outcome): Promise<Outcome> {
    if (outcome.difference.extraSeconds <= endBound(each.collector, each.application)) return outcome;
    await Promise.allSettled(outcomes);
    return outcomeOf(each);
  }

  it("is tried on at least two Pythons, one of them older than 3.10", function () {
    if (!suited && !process.env["CI"]) this.skip();
    assert.ok(suited, `found: ${pythons.map(({ version }) => version).join(", ")}`);
  });

  for (const each of all.filter((candidate) => !isTried(candidate))) {
    it(`${title(each)}: needs ${missing(each) ?? ""}`);
  }

  for (const [index, each] of chosen.entries()) {
    it(title(each), async () => {
      const outcome = await quietOutcome(each, (await outcomes[index]) ?? assert.fail("it was not run"));
      noteResult(outcome);
      const { extraSeconds, ...others } = outcome.difference;
      assert.deepEqual(others, { missingLines: [], unknownLines: [], otherAnswers: [] });
      const bound = endBound(each.collector, each.application);
      assert.ok(extraSeconds <= bound, `its end took ${extraSeconds.toFixed(2)} s longer, ${bound} s are allowed`);
      assert.notEqual(outcome.allRequests, false, "the collector lacks requests");
    });
  }
});

/** Starts all of the work, so much of it at one time. */
function inTurn<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result>[] {
  const running: Promise<unknown>[] = [];
  return items.map((item, index) => {
    const before = running[index - width] ?? Promise.resolve();
    const result = before.then(() => work(item));
    running.push(result.catch(() => undefined));
    return result;
  });
}

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ruleFile, runPromtool, testedRules, testedSubjects } from "../support/promtool.ts";
import { testFiles } from "./testFiles.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { type Mutant, mutants, relevant } from "../support/ruleMutations.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import type { AlertCase } from "./cases/alertCase.ts";
import { cases } from "./cases/all.ts";

/** promtool uses one processor; the tests have two. */
const parallel = 2;

/** Of ten broken rules, the cases of the alerts must notice at least nine. */
const share = 0.9;

describe("the cases of the alerts", () => {
  const folder = temporaryFolder();

  // That none of them fails with the right rules is tested in alerts.test.ts.
  it("notice a rule that is broken", async function () {
    this.timeout("30m");
    const program = await promtool();
    const all = testedSubjects.flatMap((subject) => {
      // Shared by the mutants of an alert.
      const own = new Map(Object.entries(cases[subject]).map(([alert, each]) => [alert, shortestFirst(each)]));
      return mutants(testedRules()[subject]).map((mutant) => ({ mutant, cases: own.get(mutant.alert) ?? [] }));
    });

    const survivors: string[] = [];
    const left = [...all.entries()];
    const work = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, { mutant, cases }] = next;
        const place = join(folder(), String(index));
        await mkdir(place);
        if (!(await isNoticed(program, place, mutant, cases))) survivors.push(mutant.change);
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));

    const caught = all.length - survivors.length;
    const report = [`${caught} of ${all.length} broken rules are noticed; not noticed:`, ...survivors.sort()].join(
      "\n      ",
    );
    console.log(`      ${report}`);
    assert.ok(all.length > 100, `only ${all.length} broken rules`);
    assert.ok(caught / all.length >= share, report);
  });
});

/** Cases in the order of how much promtool has to work out. */
function shortestFirst(all: readonly AlertCase[]): AlertCase[] {
  const samples = ({ series }: AlertCase) => Object.values(series).join(" ").length;
  return [...all].sort((one, other) => samples(one) - samples(other));
}

/** Runs one case after the other until one notices the mutant: that one is the first for the next, which often breaks the same. */
async function isNoticed(program: string, folder: string, mutant: Mutant, cases: AlertCase[]): Promise<boolean> {
  const groups = relevant(mutant.groups, mutant.alert);
  for (const one of [...cases]) {
    const test = testFiles(mutant.alert, [one], groups);
    const files = { "rules.yaml": ruleFile(groups), ...test };
    const { ok } = await runPromtool(program, folder, files, ["test", "rules", ...Object.keys(test)]);
    if (ok) continue;
    cases.splice(cases.indexOf(one), 1);
    cases.unshift(one);
    return true;
  }
  return false;
}

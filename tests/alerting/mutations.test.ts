import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ruleFile, runPromtool, testedRules, testFiles } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { type Mutant, mutants, relevant } from "../support/ruleMutations.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { cases } from "./cases/all.ts";

/** promtool uses one processor; the tests have two. */
const parallel = 2;

/** Of ten broken rules, the cases of the alerts must notice at least nine. */
const share = 0.9;

describe("the cases of the alerts", () => {
  const folder = temporaryFolder();

  it("notice a rule that is broken", async function () {
    this.timeout("30m");
    const program = await promtool();
    const all = Object.entries(testedRules()).flatMap(([of, groups]) =>
      mutants(groups).map((mutant) => ({
        ...mutant,
        rightGroups: groups,
        cases: cases[of as keyof typeof cases][mutant.alert] ?? [],
      })),
    );

    // A case that fails by itself would seem to notice everything.
    for (const [index, right] of [...new Map(all.map((mutant) => [mutant.alert, mutant])).values()].entries()) {
      const place = join(folder(), `right-${index}`);
      await mkdir(place);
      assert.ok(!(await isNoticed(program, place, { ...right, groups: right.rightGroups })), right.alert);
    }

    const survivors: string[] = [];
    const left = [...all.entries()];
    const work = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, mutant] = next;
        const place = join(folder(), String(index));
        await mkdir(place);
        if (!(await isNoticed(program, place, mutant))) survivors.push(mutant.change);
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

async function isNoticed(
  program: string,
  folder: string,
  mutant: Mutant & { cases: Parameters<typeof testFiles>[1] },
): Promise<boolean> {
  const groups = relevant(mutant.groups, mutant.alert);
  const tests = testFiles(mutant.alert, mutant.cases, groups);
  const files = { "rules.yaml": ruleFile(groups), ...tests };
  for (const file of Object.keys(tests)) {
    const { ok } = await runPromtool(program, folder, files, ["test", "rules", file]);
    if (!ok) return true;
  }
  return false;
}

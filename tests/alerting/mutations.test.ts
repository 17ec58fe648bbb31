import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { durationSeconds } from "../../settings/duration.ts";
import { ruleFile, runPromtool, testedRules, testedSubjects, type Verdict } from "../support/promtool.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { testFiles } from "./testFiles.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { besideMutants, type Mutant, mutantIndex, mutantName, mutants } from "../support/ruleMutations.ts";
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
    const alerts = testedSubjects.flatMap((subject) => {
      const groups = testedRules()[subject];
      const broken = mutants(groups);
      return [...new Set(broken.map(({ alert }) => alert))].map((alert) => ({
        alert,
        groups,
        mutants: broken.filter((mutant) => mutant.alert === alert),
        cases: cheapestFirst(cases[subject][alert] ?? []),
      }));
    });

    const survivors: string[] = [];
    const left = [...alerts.entries()];
    const work = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, one] = next;
        const place = join(folder(), String(index));
        await mkdir(place);
        const unnoticed = await notNoticed(program, place, one);
        survivors.push(...unnoticed.map(({ change }) => change));
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));

    const all = alerts.flatMap(({ mutants }) => mutants);
    const caught = all.length - survivors.length;
    const report = [`${caught} of ${all.length} broken rules are noticed; not noticed:`, ...survivors.sort()].join(
      "\n      ",
    );
    console.log(`      ${report}`);
    assert.ok(all.length > 100, `only ${all.length} broken rules`);
    assert.ok(caught / all.length >= share, report);
  });
});

/** Cases in the order of how much promtool has to work out: every series, at every evaluation until the last moment. */
function cheapestFirst(all: readonly AlertCase[]): AlertCase[] {
  const seconds = (moment: string) =>
    (moment.match(/\d+[smhd]/g) ?? []).reduce((sum, part) => sum + durationSeconds(part), 0);
  const cost = ({ every = "1m", series, at }: AlertCase) =>
    (Math.max(...Object.keys(at).map(seconds)) / seconds(every)) * Object.keys(series).length;
  return all.toSorted((one, other) => cost(one) - cost(other));
}

interface MutantsOfAlert {
  readonly alert: string;
  readonly groups: readonly RuleGroup[];
  readonly mutants: readonly Mutant[];
  readonly cases: readonly AlertCase[];
}

/** The mutants of an alert that no case notices. One that a case has noticed is not tried with another. */
async function notNoticed(
  program: string,
  folder: string,
  { alert, groups, mutants, cases }: MutantsOfAlert,
): Promise<readonly Mutant[]> {
  let left = mutants;
  for (const one of cases) {
    // A rule that cannot be evaluated ends the case: the others are tried again without it.
    for (let ended = true; ended && left.length > 0;) {
      const all = besideMutants(groups, alert, left);
      const names = left.map((_, index) => mutantName(alert, index));
      const tests = testFiles(alert, [one], all, [alert, ...names]);
      const files = { "rules.yaml": ruleFile(all), ...tests };
      const verdict = await runPromtool(program, folder, files, ["test", "rules", ...Object.keys(tests)]);
      const { noticed, ended: hasEnded } = readVerdict(verdict);
      left = left.filter((_, index) => !noticed.has(index));
      ended = hasEnded;
    }
  }
  return left;
}

/** What promtool found wrong, which must be mutants only: the right rules are beside them. */
function readVerdict({ ok, output }: Verdict): { noticed: Set<number>; ended: boolean } {
  const wrong = [...output.matchAll(/^ +(alertname|rule): ([^,]+), /gm)];
  const noticed = new Set(wrong.map(([, , name = ""]) => mutantIndex(name) ?? assert.fail(output)));
  assert.equal(ok, noticed.size === 0, output);
  return { noticed, ended: wrong.some(([, kind]) => kind === "rule") };
}

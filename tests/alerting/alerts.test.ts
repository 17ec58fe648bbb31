import assert from "node:assert/strict";
import type { AlertingRule } from "../../rules/rule.ts";
import { watchdog } from "../../rules/monitoringAlerts.ts";
import { ruleFile, runPromtool, testedRules, testedSubjects } from "../support/promtool.ts";
import { testFiles } from "./testFiles.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { relevant } from "../support/ruleMutations.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { cases } from "./cases/all.ts";

describe("the alerts", function () {
  const folder = temporaryFolder();
  const rules = testedRules();
  let program = "";

  before(async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    program = await promtool();
  });

  for (const subject of testedSubjects) {
    it(`pass promtool's check: ${subject}`, async () => {
      const files = { "rules.yaml": ruleFile(rules[subject]) };
      const verdict = await runPromtool(program, folder(), files, ["check", "rules", "--lint-fatal", "rules.yaml"]);
      assert.ok(verdict.ok, verdict.output);
    });

    for (const [alert, alertCases] of Object.entries(cases[subject])) {
      it(`${alert} fires when it must, and only then`, async function () {
        // Days of samples.
        this.timeout("3m");
        const groups = relevant(rules[subject], alert);
        const tests = testFiles(alert, alertCases, groups);
        const files = { "rules.yaml": ruleFile(groups), ...tests };
        const verdict = await runPromtool(program, folder(), files, ["test", "rules", ...Object.keys(tests)]);
        assert.ok(verdict.ok, verdict.output);
      });
    }
  }

  it("have cases each, in which they fire with every severity and in which they do not", () => {
    for (const subject of testedSubjects) {
      const alerts = rules[subject].flatMap((group) =>
        group.rules.filter((rule): rule is AlertingRule => "alert" in rule),
      );
      for (const { alert, labels } of alerts) {
        const moments = (cases[subject][alert] ?? []).flatMap(({ at }) => Object.values(at));
        const severities = moments.flat().map((expected) => expected.labels.severity);
        assert.ok(severities.includes(labels.severity), `${alert} never fires as ${labels.severity ?? ""} in a case`);
        const quiet = moments.some((expected) => expected.every((one) => one.labels.severity !== labels.severity));
        // The watchdog always fires.
        assert.ok(quiet || alert === watchdog, `${alert} fires as ${labels.severity ?? ""} in every case`);
      }
      assert.deepEqual(new Set(Object.keys(cases[subject])), new Set(alerts.map(({ alert }) => alert)));
    }
  });
});

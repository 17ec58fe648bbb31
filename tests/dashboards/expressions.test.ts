import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import { dashboardExpressions, filledIn } from "../support/panels.ts";
import { ruleFile, runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { variants } from "../../review/program/variants.ts";

describe("the expressions of the dashboards", function () {
  const folder = temporaryFolder();
  let program = "";

  before(async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    program = await promtool();
  });

  /** promtool parses the expressions of rules, so each becomes one. */
  async function check(expressions: readonly string[]): Promise<string> {
    const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }));
    const files = { "panels.yaml": ruleFile([{ name: "panels", rules }]) };
    const { ok, output } = await runPromtool(program, folder(), files, ["check", "rules", "panels.yaml"]);
    return ok ? "" : output;
  }

  for (const [variant, config] of Object.entries(variants)) {
    it(`parse with ${variant}`, async () => {
      const expressions = dashboardExpressions(dashboards(parseSettings(config))).map(({ expr }) => expr);
      assert.ok(expressions.length > 80);
      assert.equal(await check(expressions), "");
    });
  }

  it("would not parse with a fault", async () => {
    assert.match(await check([filledIn("sum(rate(up[$__rate_interval])")]), /unclosed left parenthesis/);
  });
});

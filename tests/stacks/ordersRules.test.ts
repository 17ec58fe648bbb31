import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { ordersRules } from "../../stacks/team-api/ordersRules.ts";
import { anchors, readProjectFile } from "../support/markdown.ts";
import { runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Values of a counter in promtool's notation: from 0, so many more every minute. */
const perMinute = (orders: number) => `0+${orders}x30`;
const series = (outcome: string, namespace = "team-api") =>
  `orders_total{namespace="${namespace}",outcome="${outcome}",pod="orders-api-0"}`;

const alert = {
  exp_labels: { severity: "warning", namespace: "team-api" },
  exp_annotations: {
    summary: "More than a tenth of the orders fail",
    description: "20% of the orders failed in the last 5 minutes: is the catalogue up?",
    runbook_url: "stacks/team-api/runbook.md#ordersfail",
  },
};

/** What is counted, and what is said of it by the minute. */
const cases: { when: string; counters: Record<string, string>; at: Record<string, (typeof alert)[]> }[] = [
  {
    when: "a fifth of the orders fails",
    counters: { [series("found")]: perMinute(80), [series("failed")]: perMinute(20) },
    // A rate needs two samples, and then it must last five minutes.
    at: { "5m": [], "7m": [alert] },
  },
  {
    when: "a tenth of the orders fails",
    counters: { [series("found")]: perMinute(90), [series("failed")]: perMinute(10) },
    at: { "20m": [] },
  },
  {
    when: "nobody orders",
    counters: { [series("found")]: perMinute(0), [series("failed")]: perMinute(0) },
    at: { "20m": [] },
  },
  {
    when: "the orders of another team fail",
    counters: { [series("failed", "other")]: perMinute(20), [series("found")]: perMinute(80) },
    at: { "20m": [] },
  },
];

describe("the rules of team-api", function () {
  const folder = temporaryFolder();
  let program = "";

  before(async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    program = await promtool();
  });

  it("lead to entries of a runbook that are there", () => {
    const alerts = ordersRules().groups.flatMap((group) => group.rules.filter((rule) => rule.alert !== undefined));
    assert.ok(alerts.length > 0);
    for (const { annotations } of alerts) {
      const [file = "", anchor = ""] = annotations?.runbook_url?.split("#") ?? [];
      assert.ok(anchors(readProjectFile(file)).has(anchor), annotations?.runbook_url);
    }
  });

  const rules = { "rules.yaml": dump(ordersRules()) };

  it("pass promtool's check", async () => {
    const verdict = await runPromtool(program, folder(), rules, ["check", "rules", "--lint-fatal", "rules.yaml"]);
    assert.ok(verdict.ok, verdict.output);
  });

  for (const { when, counters, at } of cases) {
    it(`OrdersFail: when ${when}`, async () => {
      const test = {
        interval: "1m",
        input_series: Object.entries(counters).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: Object.entries(at).map(([moment, alerts]) => ({
          eval_time: moment,
          alertname: "OrdersFail",
          exp_alerts: alerts,
        })),
      };
      const file = dump({ rule_files: ["rules.yaml"], evaluation_interval: "1m", tests: [test] });
      const verdict = await runPromtool(program, folder(), { ...rules, "test.yaml": file }, [
        "test",
        "rules",
        "test.yaml",
      ]);
      assert.ok(verdict.ok, verdict.output);
    });
  }
});

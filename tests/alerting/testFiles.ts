import { dump } from "js-yaml";
import { type RuleGroup, runbookUrl } from "../../rules/rule.ts";
import type { AlertCase } from "./cases/alertCase.ts";

/**
 * Unit test files for promtool: one for each interval that the cases need, since a file has one.
 *
 * @param alert name of the alert
 * @param groups what is in `rules.yaml`, beside them
 * @param names of all alerts that must fire as it does
 * @returns content by name
 */
export function testFiles(
  alert: string,
  cases: readonly AlertCase[],
  groups: readonly RuleGroup[],
  names: readonly string[] = [alert],
): Record<string, string> {
  const intervals = new Set(cases.map(({ every = "1m" }) => every));
  return Object.fromEntries(
    [...intervals].map((interval) => [
      `${alert}-${interval}.yaml`,
      dump({
        rule_files: ["rules.yaml"],
        evaluation_interval: interval,
        // Otherwise an alert may be evaluated before what it is about is recorded, by chance.
        group_eval_order: groups.map(({ name }) => name),
        tests: cases.filter(({ every = "1m" }) => every === interval).map((one) => unitTest(alert, one, names)),
      }),
    ]),
  );
}

function unitTest(alert: string, { when, every = "1m", series, at }: AlertCase, names: readonly string[]) {
  return {
    name: when,
    interval: every,
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: Object.entries(at).flatMap(([moment, alerts]) =>
      names.map((name) => ({
        eval_time: moment,
        alertname: name,
        exp_alerts: alerts.map(({ labels, summary, description }) => ({
          exp_labels: labels,
          exp_annotations: { summary, description, runbook_url: runbookUrl(alert) },
        })),
      })),
    ),
  };
}

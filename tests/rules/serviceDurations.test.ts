import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { bucketLabel } from "../../rules/objectives.ts";
import { byDuration } from "../../rules/serviceDurations.ts";
import { serviceRecording } from "../../rules/serviceRecording.ts";
import { metric } from "../../rules/serviceSeries.ts";
import { parseSettings } from "../../settings/read.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { ruleFile, runPromtool } from "../support/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("timedRules", () => {
  const folder = temporaryFolder();

  it("count nothing late because an update brings a shorter bound", async function () {
    this.timeout("15m");
    const { slo } = parseSettings({});
    const groups = serviceRecording(slo);
    const service = `service_name="shop",k8s_namespace_name="shop"`;
    const process = `${service},k8s_pod_name="a",otel_start_time="30000000000"`;
    const le = (seconds: number) => `le="${bucketLabel(seconds)}"`;
    const test = {
      rule_files: ["rules.yaml"],
      evaluation_interval: "1m",
      group_eval_order: groups.map(({ name }) => name),
      tests: [
        {
          interval: "1m",
          input_series: [
            { series: `${metric}_count{${process}}`, values: "0+10x360" },
            // Half of the requests are within the bound of now. Until the update, three hours later, all were within another.
            { series: `${metric}_bucket{${process},${le(slo.latencySeconds)}}`, values: "_x180 905+5x180" },
            { series: `${byDuration.bad.byProcess}{${process},${le(2 * slo.latencySeconds)}}`, values: "0x180 stale" },
            {
              series: `${byDuration.all.byProcess}{${process},${le(2 * slo.latencySeconds)}}`,
              values: "0+10x180 stale",
            },
          ],
          promql_expr_test: [
            {
              expr: `sum_over_time(${byDuration.bad.increase}[3h])`,
              eval_time: "210m",
              exp_samples: [{ labels: `{${service}}`, value: 5 * 30 }],
            },
            {
              expr: `count by (le) (${byDuration.bad.byProcess})`,
              eval_time: "210m",
              exp_samples: [{ labels: `{${le(slo.latencySeconds)}}`, value: 1 }],
            },
          ],
        },
      ],
    };
    const files = { "rules.yaml": ruleFile(groups), "test.yaml": dump(test) };
    const verdict = await runPromtool(await promtool(), folder(), files, ["test", "rules", "test.yaml"]);
    assert.ok(verdict.ok, verdict.output);
  });
});

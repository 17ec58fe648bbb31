import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { parseSettings } from "../../settings/read.ts";
import { serviceRecording } from "../../rules/serviceRecording.ts";
import { byOutcome, metric } from "../../rules/serviceSeries.ts";
import { counter } from "../alerting/cases/alertCase.ts";
import { ruleFile, runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Requests and failures that were counted until a moment. */
interface Counts {
  readonly requests: number;
  readonly errors: number;
}

interface Situation {
  /** Minutes between two evaluations; a sample is there each minute. @default 1 */
  readonly every?: number;
  /** Samples by labels of a series. */
  readonly series: Readonly<Record<string, string>>;
  readonly minutes: number;
  readonly counts: Counts;
}

const pod = (name: string, code = "200") => `k8s_pod_name="${name}",http_response_status_code="${code}"`;

/** The label of a process that began so many seconds after the first sample. */
const startedAt = (seconds: number) => `otel_start_time="${seconds}000000000"`;

const situations: Record<string, Situation> = {
  "count everything, though only one evaluation of four takes place": {
    every: 4,
    series: { [pod("a")]: counter([10, 60]), [pod("a", "500")]: counter([0, 30], [1, 30]) },
    minutes: 60,
    counts: { requests: 630, errors: 30 },
  },
  "count what was counted in a gap of ten minutes, at its end": {
    series: { [pod("a")]: `0+10x20 stale _x9 310+10x29` },
    minutes: 60,
    counts: { requests: 600, errors: 0 },
  },
  "count what was counted in a gap of 90 minutes, at its end": {
    series: { [pod("a")]: `0+10x20 stale _x88 1100+10x29` },
    minutes: 139,
    counts: { requests: 1390, errors: 0 },
  },
  "count from 0 what counts from 0 again in the same series": {
    series: { [pod("a")]: `0+10x30 10+10x29` },
    minutes: 60,
    counts: { requests: 600, errors: 0 },
  },
  "count the first failure of a process from 0": {
    series: { [pod("a")]: counter([10, 60]), [pod("a", "500")]: "_x30 1x30" },
    minutes: 60,
    counts: { requests: 601, errors: 1 },
  },
  "count a new pod from 0, and no less because another one ended": {
    series: { [pod("a")]: `1000+10x30 stale`, [pod("b")]: `_x31 10+10x29` },
    minutes: 60,
    counts: { requests: 600, errors: 0 },
  },
  "do not count again what a pod had counted before it was away for hours": {
    series: {
      [pod("a")]: counter([10, 260]),
      [pod("b")]: `5000+10x20 stale _x179 9000+10x58`,
      [pod("b", "500")]: `400x20 stale _x179 400x58`,
    },
    minutes: 259,
    counts: { requests: 2590 + 200 + 580, errors: 0 },
  },
  "do not count again what a pod had counted that began hours ago, however little it is": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: counter([100, 260]),
      [`${pod("b")},${startedAt(0)}`]: `150x20 stale _x179 150x58`,
      [`${pod("b", "500")},${startedAt(30)}`]: `40x20 stale _x179 40x58`,
    },
    minutes: 259,
    counts: { requests: 25900, errors: 0 },
  },
  "do not count what a service had counted before anything is known of it": {
    series: { [pod("a")]: `_x9 70000+10x50`, [pod("a", "500")]: `_x9 900x50` },
    minutes: 60,
    counts: { requests: 500, errors: 0 },
  },
  "count a service from 0 of which nothing is known and whose processes began a moment ago": {
    series: {
      [`${pod("a")},${startedAt(500)}`]: `_x9 70+10x50`,
      [`${pod("a", "500")},${startedAt(500)}`]: `_x9 9x50`,
      [`${pod("b")},${startedAt(530)}`]: `_x9 20+10x50`,
    },
    minutes: 60,
    counts: { requests: 70 + 20 + 9 + 1000, errors: 9 },
  },
  "count what is new of a service of which nothing is known, and not what an older process had counted": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: `_x9 70000+10x50`,
      [`${pod("b")},${startedAt(530)}`]: `_x9 20+10x50`,
    },
    minutes: 60,
    counts: { requests: 20 + 1000, errors: 0 },
  },
  "count the first failures of a process, however many: an SDK gives them a start time of their own": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: counter([5, 120]),
      [`${pod("a", "500")},${startedAt(3595)}`]: "_x60 100x60",
    },
    minutes: 120,
    counts: { requests: 5 * 120 + 100, errors: 100 },
  },
  "count the first failures of a process that came in a gap": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: `0+60x60 stale _x9 4260+60x50`,
      [`${pod("a", "500")},${startedAt(3660)}`]: `_x70 stale 400x50`,
    },
    minutes: 120,
    counts: { requests: 60 * 121 - 60 + 400, errors: 400 },
  },
  "count each short life, however much it failed": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: `0+5x60 stale`,
      ...Object.fromEntries(
        [70, 80, 90].map((minute) => [`${pod("a", "500")},${startedAt(minute * 60 - 20)}`, `_x${minute} 300 stale`]),
      ),
    },
    minutes: 120,
    counts: { requests: 300 + 900, errors: 900 },
  },
  "count a service that was scaled to zero for 90 minutes from its first request": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: `0+5x60 stale`,
      [`${pod("b", "500")},${startedAt(9000)}`]: `_x151 500x20`,
    },
    minutes: 170,
    counts: { requests: 300 + 500, errors: 500 },
  },
  "count what new pods had in a gap": {
    series: {
      [`${pod("a")},${startedAt(0)}`]: `0+90x60 stale`,
      [`${pod("b")},${startedAt(4200)}`]: `_x160 8100+90x20`,
    },
    minutes: 180,
    counts: { requests: 5400 + 8100 + 1800, errors: 0 },
  },
};

describe("countingRules", () => {
  const folder = temporaryFolder();
  const groups = serviceRecording(parseSettings({}).slo);
  let program = "";

  before(async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    program = await promtool();
  });

  for (const [what, { every = 1, series, minutes, counts }] of Object.entries(situations)) {
    it(what, async function () {
      this.timeout("1m");
      const labels = `service_name="shop",k8s_namespace_name="shop"`;
      const total = (recorded: string, value: number) => ({
        expr: `sum_over_time(${recorded}[1w])`,
        eval_time: `${minutes}m`,
        exp_samples: [{ labels: `{${labels}}`, value }],
      });
      const test = {
        rule_files: ["rules.yaml"],
        evaluation_interval: `${every}m`,
        group_eval_order: groups.map(({ name }) => name),
        tests: [
          {
            interval: "1m",
            input_series: Object.entries(series).map(([own, values]) => ({
              series: `${metric}_count{${labels},${own}}`,
              values,
            })),
            promql_expr_test: [
              total(byOutcome.all.increase, counts.requests),
              total(byOutcome.bad.increase, counts.errors),
            ],
          },
        ],
      };
      const files = { "rules.yaml": ruleFile(groups), "test.yaml": dump(test) };
      const verdict = await runPromtool(program, folder(), files, ["test", "rules", "test.yaml"]);
      assert.ok(verdict.ok, verdict.output);
    });
  }
});

import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { ownObjectives } from "../../rules/ownObjectives.ts";
import { platformRules } from "../../rules/index.ts";
import { series } from "../../rules/serviceSeries.ts";
import type { AlertCase } from "../alerting/cases/alertCase.ts";
import { growth, metric, past, type Segment, told } from "../alerting/cases/services/traffic.ts";
import { testFiles } from "../alerting/testFiles.ts";
import { ruleFile, runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const objective = { availability: 0.999, latencyTarget: 0.99, latencySeconds: 1 };
const own = ownObjectives({ service: "orders-api", namespace: "shop", objective });

const labels = (service: string) => `service_name="${service}",k8s_namespace_name="shop"`;

/** A fiftieth fails: too much for orders-api, which promises 99.9 %, and not for the others. */
const failing = (service: string) => {
  const bad: Segment[] = [past, [0.02, 65]];
  return {
    [`${metric}_count{${labels(service)},http_response_status_code="200"}`]: growth(bad, (part) => 1 - part),
    [`${metric}_count{${labels(service)},http_response_status_code="502"}`]: growth(bad, (part) => part),
  };
};

/** Everything takes between half a second and a second: in time for orders-api, late for the others. */
const slow = (service: string) => {
  const all: Segment[] = [[1, 75]];
  return {
    [`${metric}_count{${labels(service)}}`]: growth(all, (part) => part),
    [`${metric}_bucket{${labels(service)},le="0.5"}`]: growth(all, () => 0),
    [`${metric}_bucket{${labels(service)},le="1.0"}`]: growth(all, (part) => part),
  };
};

const failed = (severity: string, share: string) =>
  told(
    severity,
    "orders-api",
    "orders-api fails more requests than its availability objective allows",
    `${share} of the requests to orders-api in namespace shop are answered with a server error`,
  );
const late = (severity: string) =>
  told(
    severity,
    "python-api",
    "python-api answers more requests late than its latency objective allows",
    "100% of the requests to python-api in namespace shop take longer than its objective",
  );

const cases: Record<string, AlertCase> = {
  ServiceErrorBudgetBurn: {
    when: "a fiftieth of the requests to both fails",
    series: { ...failing("orders-api"), ...failing("python-api") },
    at: { "75m": [failed("critical", "2%"), failed("warning", "0.3562%")] },
  },
  ServiceLatencyBudgetBurn: {
    when: "both take between half a second and a second",
    series: { ...slow("orders-api"), ...slow("python-api") },
    at: { "75m": [late("critical"), late("warning")] },
  },
};

describe("ownObjectives", function () {
  const folder = temporaryFolder();
  const platform = platformRules(parseSettings({})).services;
  // The mark is there before the platform looks for it.
  const groups = [...own, ...platform];
  let program = "";

  before(async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    program = await promtool();
  });

  it("pass promtool's check", async () => {
    const files = { "rules.yaml": ruleFile(own) };
    const verdict = await runPromtool(program, folder(), files, ["check", "rules", "--lint-fatal", "rules.yaml"]);
    assert.ok(verdict.ok, verdict.output);
  });

  for (const [alert, situation] of Object.entries(cases)) {
    it(`decide in place of the platform's when ${situation.when}: ${alert}, and no alert twice`, async function () {
      this.timeout("1m");
      const tests = testFiles(alert, [situation], groups);
      const files = { "rules.yaml": ruleFile(groups), ...tests };
      const verdict = await runPromtool(program, folder(), files, ["test", "rules", ...Object.keys(tests)]);
      assert.ok(verdict.ok, verdict.output);
    });
  }

  it("divide by their own rate: falling traffic is not slow, although the platform's rates are older", async () => {
    const strict = { ...objective, latencyTarget: 0.9995 };
    const rules = [...ownObjectives({ service: "orders-api", namespace: "shop", objective: strict }), ...platform];
    // A tenth less every two minutes, and all in time.
    const falling: Segment[] = Array.from({ length: 60 }, (_, step) => [0, 1, 10_000 * 0.9 ** step]);
    const all = growth(falling, () => 1);
    const situation: AlertCase = {
      when: "traffic falls",
      every: "2m",
      series: {
        [`${metric}_count{${labels("orders-api")}}`]: all,
        [`${metric}_bucket{${labels("orders-api")},le="1.0"}`]: all,
      },
      at: { "30m": [], "60m": [], "110m": [] },
    };
    const tests = testFiles("ServiceLatencyBudgetBurn", [situation], rules);
    const files = { "rules.yaml": ruleFile(rules), ...tests };
    const verdict = await runPromtool(program, folder(), files, ["test", "rules", ...Object.keys(tests)]);
    assert.ok(verdict.ok, verdict.output);
  });

  it("hold for one service of one namespace only", () => {
    for (const rule of own.flatMap(({ rules }) => rules)) {
      assert.ok("record" in rule);
      const marked = rule.labels ?? {};
      const selectors = rule.expr.match(/\{[^{}]*=[^{}]*\}/g) ?? [];
      const isConstant = rule.expr.startsWith("vector(");
      assert.deepEqual(marked, { service_name: "orders-api", k8s_namespace_name: "shop" }, rule.record);
      assert.equal(selectors.length > 0, !isConstant, rule.expr);
      for (const selector of selectors) assert.ok(selector.includes(labels("orders-api")), rule.expr);
    }
  });

  it("record everything that the platform leaves to them, and no more", () => {
    const left = platformRules(parseSettings({}))
      .services.flatMap(({ rules }) => rules)
      .flatMap((rule) => ("record" in rule && rule.expr.includes(series.own) ? [rule.record] : []));
    const recorded = own.flatMap(({ rules }) => rules).flatMap((rule) => ("record" in rule ? [rule.record] : []));
    assert.deepEqual(new Set(recorded), new Set([series.own, ...left]));
    assert.equal(recorded.length, new Set(recorded).size);
  });
});

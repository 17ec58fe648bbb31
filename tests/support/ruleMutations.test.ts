import assert from "node:assert/strict";
import type { Rule } from "../../rules/rule.ts";
import { besideMutants, mutantIndex } from "./ruleMutations.ts";

const requests = { record: "service:requests:rate5m", expr: "sum(rate(requests_total[5m]))" };
const burning = {
  record: "service:slo_burning:ratio1h",
  expr: "service:errors:ratio1h > 14 and service:requests:rate5m",
};
const told = {
  ...{ alert: "Burn", expr: "service:slo_burning:ratio1h > 0", for: "2m" },
  ...{ labels: { severity: "critical" }, annotations: {} },
};
const groups = [
  { name: "recorded", rules: [requests, burning] },
  { name: "alerts", rules: [told, { ...told, alert: "Other" }] },
];

/** The rules beside the right ones, as short as can be. */
function beside(rule: Rule, broken: Rule): string[][] {
  const all = besideMutants(groups, "Burn", [{ alert: "Burn", change: "", rule, broken }]);
  return all.map(({ rules }) => rules.map((one) => `${"alert" in one ? one.alert : one.record}: ${one.expr}`));
}

describe("the mutants of an alert", () => {
  it("that break its own rule stand beside it under another name", () => {
    const [, alerts] = beside(told, { ...told, expr: "service:slo_burning:ratio1h > 10" });
    assert.deepEqual(alerts, [
      "Burn: service:slo_burning:ratio1h > 0",
      "Burn_mutant0: service:slo_burning:ratio1h > 10",
    ]);
  });

  it("that break what it reads are read by an alert of their own, with all else in common", () => {
    const [recorded, alerts] = beside(burning, { ...burning, expr: burning.expr.replace("14", "20") });
    assert.deepEqual(recorded, [
      `${requests.record}: ${requests.expr}`,
      `${burning.record}: ${burning.expr}`,
      "service:slo_burning:ratio1h_mutant0: service:errors:ratio1h > 20 and service:requests:rate5m",
    ]);
    assert.deepEqual(alerts, [
      "Burn: service:slo_burning:ratio1h > 0",
      "Burn_mutant0: service:slo_burning:ratio1h_mutant0 > 0",
    ]);
  });

  it("are known by the names of their rules", () => {
    assert.deepEqual(["Burn_mutant12", "service:a:b_mutant3", "Burn"].map(mutantIndex), [12, 3, undefined]);
  });
});

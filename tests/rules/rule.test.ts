import assert from "node:assert/strict";
import { alert, runbookUrl } from "../../rules/rule.ts";

describe("alert", () => {
  const args = { name: "TooLate", severity: "warning", expr: "x > 1", summary: "late", description: "very" } as const;

  it("is a rule with severity and runbook", () => {
    assert.deepEqual(alert(args), {
      alert: "TooLate",
      expr: "x > 1",
      labels: { severity: "warning" },
      annotations: { summary: "late", description: "very", runbook_url: "docs/runbook.md#toolate" },
    });
  });

  it("takes times and labels", () => {
    const rule = alert({ ...args, for: "5m", keepFiringFor: "10m", labels: { namespace: "shop" } });
    assert.equal(rule.for, "5m");
    assert.equal(rule.keep_firing_for, "10m");
    assert.deepEqual(rule.labels, { severity: "warning", namespace: "shop" });
  });
});

describe("runbookUrl", () => {
  it("is a path with the anchor of a heading", () => {
    assert.equal(runbookUrl("TargetDown"), "docs/runbook.md#targetdown");
  });
});

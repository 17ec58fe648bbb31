import assert from "node:assert/strict";
import { runbookUrl } from "../../rules/rule.ts";
import { anchors, readProjectFile } from "../support/markdown.ts";
import { testedRules } from "../support/promtool.ts";

const file = "docs/runbook.md";

describe(file, () => {
  const text = readProjectFile(file);
  const entries = text.split(/^## /m).slice(1);
  const names = entries.map((entry) => entry.slice(0, entry.indexOf("\n")));

  it("has one entry for each alert, and no other", () => {
    const rules = Object.values(testedRules()).flatMap((groups) => groups.flatMap((group) => group.rules));
    const alerts = rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : []));
    assert.deepEqual(names.toSorted(), [...new Set(alerts)].sort());
  });

  it("says in each what it means, how to look and what to do", () => {
    for (const entry of entries) {
      const parts = [...entry.matchAll(/^\*\*(.+?)\.\*\* \S/gm)].map(([, part]) => part);
      assert.deepEqual(parts, ["Means", "Look", "Do"], entry.slice(0, 40));
    }
  });

  it("is where the alerts say it is", () => {
    const there = anchors(text);
    for (const name of names) {
      const [path, anchor = ""] = runbookUrl(name).split("#");
      assert.equal(path, file);
      assert.ok(there.has(anchor), anchor);
    }
  });
});

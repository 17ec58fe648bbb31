import assert from "node:assert/strict";
import { changedOutputs, lastingRows, stackSection, type StackUpgrade, upgradeTable } from "./upgradeTable.ts";

const upgrade: StackUpgrade = {
  stack: "dev",
  changes: {
    ...{ create: ["Namespace one", "Role a", "Role b"], update: [], replace: ["Secret login"] },
    delete: [],
  },
  kept: { namespaces: 7, claims: 2 },
  outputs: changedOutputs(
    { url: "http://a", same: { b: 1 }, gone: "x", list: [1] },
    { url: "http://b", same: { b: 1 }, list: [1, 2], more: "y" },
  ),
};

describe("upgradeTable", () => {
  it("lists what is replaced and deleted by name, and counts what is made and changed", () => {
    const lines = upgradeTable([upgrade, { ...upgrade, stack: "prod" }]).split("\n");
    assert.equal(lines[0], "**Stack `dev`.** Kept: 7 namespaces, 2 claims of volumes.");
    for (const row of ["| replaced | `Secret login` |", "| deleted | none |", "| made | 1 Namespace, 2 Role |"])
      assert.ok(lines.includes(row), row);
    assert.ok(lines.some((line) => line.startsWith("**Stack `prod`.**")));
  });

  it("has every output that is new, gone or another, and no other", () => {
    const rows = upgradeTable([upgrade]).split("\n").slice(-4);
    assert.deepEqual(rows, [
      "| `gone` | `x` |  |",
      "| `list` | another value | another value |",
      "| `more` |  | `y` |",
      "| `url` | `http://a` | `http://b` |",
    ]);
  });

  it("has rows that last, which are compared: not how many objects are made or changed", () => {
    const page = `before\n${upgradeTable([upgrade, { ...upgrade, stack: "prod" }])}\n\n<!-- former: end -->\n| after |`;
    const more = { ...upgrade, changes: { ...upgrade.changes, create: ["Role a"], update: ["Role b"] } };
    assert.deepEqual(lastingRows(page, "dev"), lastingRows(stackSection(more), "dev"));
    assert.equal(lastingRows(page, "prod").length, 4 + 6);
    const other = { ...upgrade, changes: { ...upgrade.changes, replace: [] } };
    assert.notDeepEqual(lastingRows(page, "dev"), lastingRows(stackSection(other), "dev"));
    assert.deepEqual(lastingRows(page, "staging"), []);
  });
});

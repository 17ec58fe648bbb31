import assert from "node:assert/strict";
import { changedOutputs, type StackUpgrade, upgradeTable } from "./upgradeTable.ts";

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
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFolder, readProjectFile, tableUnder } from "../support/markdown.ts";

const decisions = readProjectFile("docs/decisions.md");

/** Everything in backticks in the first cells of a table. */
function listed(heading: string): string[] {
  return tableUnder(decisions, heading).flatMap(([cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
}

describe("docs/decisions.md", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readProjectFile("package.json")) as Record<
    "dependencies" | "devDependencies" | "optionalDependencies",
    Record<string, string>
  >;

  it("says why each dependency of the program is there", () => {
    assert.deepEqual(listed("Of the program").sort(), Object.keys(dependencies).sort());
  });

  it("says why each development dependency is there", () => {
    assert.deepEqual(
      listed("Of the sandbox and the tests").sort(),
      Object.keys({ ...devDependencies, ...optionalDependencies }).sort(),
    );
  });

  it("names what is written by hand, with about as many lines as it has", () => {
    const rows = tableUnder(decisions, "Written by hand");
    assert.ok(rows.length > 10, String(rows.length));
    for (const [piece = "", files = "", lines = ""] of rows) {
      const names = [...files.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
      const counts = names.map((name) => readProjectFile(name).split("\n").length - 1);
      const count = counts.reduce((all, each) => all + each, 0);
      assert.ok(count / Number(lines) > 0.7 && count / Number(lines) < 1.4, `${piece}: ${count} lines`);
    }
  });

  it("says why each Go module is there, in the version of its go.mod", () => {
    const rows = tableUnder(decisions, "Go modules");
    const modules = readdirSync(join(projectFolder, "tools")).map((name) => `tools/${name}`);
    assert.deepEqual(rows.map(([cell = ""]) => cell.replaceAll("`", "")).sort(), modules.sort());
    for (const [cell = "", version = ""] of rows) {
      const numbers = version.match(/\d+\.\d+\.\d+/g) ?? [];
      assert.ok(numbers.length > 0, cell);
      const pinned = readProjectFile(`${cell.replaceAll("`", "")}/go.mod`);
      for (const number of numbers) assert.match(pinned, new RegExp(` v${number.replaceAll(".", "\\.")}\\b`));
    }
  });
});

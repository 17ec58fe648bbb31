import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { code, projectFolder, readProjectFile, tableUnder } from "../support/markdown.ts";
import { stacks } from "../../review/program/runs.ts";
import { workflows } from "../support/workflows.ts";

const review = readProjectFile("docs/review.md");

/** The tables under a heading, by the head of their first column. */
function tables(heading: string): Map<string, string[][]> {
  const parts =
    review
      .split(/^(?=## )/m)
      .find((part) => part.startsWith(`## ${heading}\n`))
      ?.split(/\n(?=\| \w+ \|.*\n\| ---)/) ?? [];
  return new Map(parts.slice(1).map((part) => [/^\| (\w+)/.exec(part)?.[1] ?? "", tableUnder(`# a\n${part}`, "a")]));
}

/** Everything in backticks in some cells. */
function inBackticks(cells: readonly (string | undefined)[]): string[] {
  return cells.flatMap((cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text));
}

describe("docs/review.md", () => {
  const all = workflows();

  it("lists every workflow", () => {
    const listed = tableUnder(review, "In a pull request and after it").map(([name]) => code(name));
    assert.deepEqual(listed.sort(), [...all.keys()].map((name) => `${name}.yml`).sort());
  });

  it("lists every environment that the workflows use", () => {
    const listed = inBackticks(
      tables("Set up once")
        .get("Environment")
        ?.map(([name]) => name) ?? [],
    );
    const used = [...all.values()]
      .flatMap(({ jobs }) => Object.values(jobs))
      .flatMap(({ environment = [] }) => environment)
      .flatMap((name) => (name.includes("${{") ? stacks.map((stack) => name.replace(/\$\{\{.*\}\}/, stack)) : [name]));
    assert.deepEqual(listed.sort(), [...new Set(used)].sort());
  });

  it("lists every variable and secret that they take from there", () => {
    const listed =
      tables("Set up once")
        .get("Name")
        ?.map(([name, kind]) => `${kind ?? ""} ${code(name) ?? ""}`) ?? [];
    const files = globSync(".github/**/*.yml", { cwd: projectFolder }).map(readProjectFile).join("\n");
    const used = [...files.matchAll(/\b(vars|secrets)\.(\w+)/g)].map(
      ([, kind, name = ""]) => `${kind === "vars" ? "variable" : "secret"} ${name}`,
    );
    assert.deepEqual(listed.sort(), [...new Set(used)].sort());
  });
});

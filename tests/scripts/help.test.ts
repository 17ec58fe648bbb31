import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { npmCommands } from "../support/docsCommands.ts";
import { withoutDefault } from "../support/helpText.ts";

const project = join(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
/** The files behind the npm scripts that take arguments, by script. */
const files = Object.entries(scripts).flatMap(([name, line]) => {
  const file = /^node scripts\/run\.mjs (\S+\.ts)$/.exec(line)?.[1];
  return file === undefined ? [] : [[name, file] as const];
});

/** Of the tables in docs/json.md. */
const [, withJson = [], withoutJson = []] = readFileSync(join(project, "docs/json.md"), "utf8")
  .split(/^\| Command/m)
  .map((part) => [...part.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = ""]) => cell.match(/[\w:-]+/g) ?? []));

describe("every npm script that takes arguments", function () {
  this.timeout(60_000);

  it("is found", () => {
    assert.ok(files.length > 15);
    const all = files.map(([name]) => name);
    assert.deepEqual([...withJson, ...withoutJson].toSorted(), all.toSorted(), "docs/json.md lists each once");
  });

  for (const [name, file] of files) {
    it(`${name} explains itself with an example, and does nothing else`, async () => {
      const argv = ["--import", "./runTypeScript.mjs", file, "--help"];
      const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { cwd: project });
      const start = name === "test" ? "npm test" : `npm run ${name}`;
      assert.match(stdout, new RegExp(`^Usage: ${start} -- `));
      assert.match(stdout, new RegExp(`^Example: ${start}( -- \\S|$)`, "m"));
      assert.match(stdout, / --help +show this text/);
      assert.deepEqual(withoutDefault(stdout), []);
      assert.equal(/^ +--json +print one line of JSON/m.test(stdout), withJson.includes(name));
      // The sandbox's fields are in docs/json.md: its verbs have the same.
      assert.equal(/^--json gives \{/m.test(stdout), withJson.includes(name) && name !== "sandbox");
      assert.equal(stderr, "");
    });
  }

  it("bench explains each benchmark with an example", async () => {
    const help = async (...own: string[]) => {
      const argv = ["--import", "./runTypeScript.mjs", "scripts/bench.ts", ...own, "--help"];
      return (await promisify(execFile)(process.execPath, argv, { cwd: project })).stdout;
    };
    const [, list = ""] = (await help()).split("\nCommands:\n");
    const names = [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = ""]) => name);
    assert.ok(names.length > 10, names.join(" "));
    for (const name of names) {
      const text = await help(name);
      assert.match(text, new RegExp(`^Usage: npm run bench -- ${name} `));
      assert.match(text, new RegExp(`^Example: npm run bench -- ${name}( |$)`, "m"));
      assert.match(text, /^ +--json +print one line of JSON/m);
      assert.match(text, /^--json gives \{"benchmark", "\w/m);
      assert.deepEqual(withoutDefault(text), []);
    }
  });

  // The sandbox's lines are read whole: tests/docs/commands.test.ts.
  const withFlags = npmCommands().filter(({ script, argv }) => script !== "sandbox" && argv.some(isFlag));
  for (const text of new Set(withFlags.map((each) => each.text))) {
    it(`has the flags that the pages give it: ${text}`, async () => {
      const { script = "", argv = [] } = withFlags.find((each) => each.text === text) ?? {};
      const file = files.find(([name]) => name === script)?.[1] ?? "";
      // Those of a command of its own are in that one's help.
      const own = script === "bench" ? argv.slice(0, 1) : [];
      const call = ["--import", "./runTypeScript.mjs", file, ...own, "--help"];
      const { stdout } = await promisify(execFile)(process.execPath, call, { cwd: project });
      for (const flag of argv.filter(isFlag)) assert.match(stdout, new RegExp(`^ +${flag.replace(/=.*/, "")}\\b`, "m"));
    });
  }
});

function isFlag(argument: string): boolean {
  return /^--\w/.test(argument);
}

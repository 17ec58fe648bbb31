import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
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

describe("every npm script that takes arguments", function () {
  this.timeout(60_000);

  it("is found", () => {
    assert.ok(files.length > 15);
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
      assert.equal(stderr, "");
    });
  }
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const project = resolve(import.meta.dirname, "../..");

describe("a suite that records what it finds", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  for (const [name, line, written] of [
    ["writes its table when all tests pass", "", "found: 1"],
    ["writes none when one fails", 'throw new Error("no");', "before"],
    ["writes none when it is interrupted, which mocha ends with 0", 'process.kill(process.pid, "SIGINT");', "before"],
  ] as const)
    it(name, () => {
      const place = join(folder(), name.replaceAll(" ", "-"));
      mkdirSync(join(place, "tests"), { recursive: true });
      symlinkSync(join(project, "node_modules"), join(place, "node_modules"));
      symlinkSync(join(project, "tests/support"), join(place, "tests/support"));
      writeFileSync(join(place, "page.md"), "<!-- table: begin -->\nbefore\n<!-- table: end -->\n");
      const record = 'require("fs").appendFileSync(process.env.VERIFY_RESULTS, "1\\n");';
      writeFileSync(join(place, "some.test.cjs"), `it("finds", () => { ${record} ${line} });`);
      const suite =
        '{ files: ["some.test.cjs"], table: (found) => `found: ${found}`, page: "page.md", block: "table" }';
      const script = `import { verifyRecorded } from ${JSON.stringify(join(project, "tests/verify/recordedSuite.ts"))};
        const { holds, text, json } = verifyRecorded(${JSON.stringify(place)}, ${suite}, true);
        console.log(JSON.stringify({ text, json }));
        process.exitCode = holds ? 0 : 1;`;
      // A process of its own: what mocha prints in it is not this run's.
      const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
        encoding: "utf8",
      });
      assert.deepEqual(JSON.parse(stdout), { text: "found: 1", json: { found: [1] } });
      const passed = status === 0;
      assert.equal(passed, written !== "before");
      assert.match(readFileSync(join(place, "page.md"), "utf8"), new RegExp(`^${written}$`, "m"));
    });
});

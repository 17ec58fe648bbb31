import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { projectFolder } from "../support/markdown.ts";

describe("npm run bench", function () {
  this.timeout(300_000);
  this.slow(60_000);

  it("prints the figures of a benchmark as one line of JSON", () => {
    const argv = ["--import", "./runTypeScript.mjs", "scripts/bench.ts", "startup", "1", "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: projectFolder, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^[^\n]+\n$/);
    const { benchmark, starts } = JSON.parse(stdout) as { benchmark: string; starts: Record<string, unknown>[] };
    assert.equal(benchmark, "startup");
    assert.equal(starts.length, 3);
    for (const { name, wallMs, cpuMs } of starts) {
      assert.ok(Number(wallMs) > 0 && Number(cpuMs) > 0, String(name));
    }
  });
});

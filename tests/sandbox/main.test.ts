import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { projectFolder } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("sandbox/main.ts", function () {
  this.timeout(120_000);
  this.slow(3000);
  const folder = temporaryFolder();

  it("does its work to the end, whoever has stopped reading", () => {
    const command = `"${process.execPath}" --import ./runTypeScript.mjs sandbox/main.ts status --state "${folder()}"`;
    const script = `{ { ${command} 2>&1; echo "code $?" >&3; } | true; } 3>&1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: projectFolder, encoding: "utf8" });
    assert.deepEqual([stdout, stderr], ["code 0\n", ""]);
  });
});

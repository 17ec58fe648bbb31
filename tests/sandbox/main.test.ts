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

  const traffic = (...args: string[]) => {
    const argv = ["--import", "./runTypeScript.mjs", "sandbox/main.ts", "traffic", "--state", folder(), ...args];
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd: projectFolder, encoding: "utf8" });
    return [status, stderr.trim()];
  };

  it("ends with 2 for every argument that cannot be right", () => {
    assert.deepEqual(traffic("--rate", "500"), [2, 'error: --rate "500": allowed is a number above 0, up to 200']);
    assert.equal(traffic("--rate", "abc")[0], 2);
  });

  it("sends nothing to what another program may listen on", () => {
    const [status, stderr] = traffic("--rate", "1", "--seconds", "1");
    assert.equal(status, 1);
    assert.match(
      String(stderr),
      /^error: no telemetry runs: run "npm run sandbox -- up --state .* --telemetry" first$/,
    );
  });
});

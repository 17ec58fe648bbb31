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

  const call = (...argv: string[]) => {
    const args = ["--import", "./runTypeScript.mjs", "sandbox/main.ts", ...argv, "--state", folder()];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: projectFolder, encoding: "utf8" });
    return { status, stdout, stderr };
  };

  it("prints JSON alone to standard output with --json, and says the rest beside it", () => {
    const people = call("status");
    const { status, stdout, stderr } = call("status", "--json");
    assert.deepEqual([status, stderr], [0, people.stdout]);
    assert.match(stdout, /^[^\n]+\n$/);
    const { verb, failed, telemetry } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual({ verb, failed, telemetry }, { verb: "status", failed: 0, telemetry: [] });
  });

  it("says in the JSON why it failed, with the caller's flags in what it advises", () => {
    const { status, stdout, stderr } = call("traffic", "--json");
    const { failed, error } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([status, failed], [1, 1]);
    assert.equal(stderr, `error: ${String(error)}\n`);
    assert.ok(String(error).includes(`--state ${folder()} `));
  });

  const traffic = (...args: string[]) => {
    const { status, stderr } = call("traffic", ...args);
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

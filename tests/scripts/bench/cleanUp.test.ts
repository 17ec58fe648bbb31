import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const source = resolve(import.meta.dirname, "../../../scripts/bench/cleanUp.ts");

/** What a program prints that has a clean-up, and how it ends. */
function run(script: string): { stdout: string; status: number | null } {
  const program = `import { cleanUpOnce } from ${JSON.stringify(source)};
    const cleanUp = cleanUpOnce(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      console.log("cleaned");
    });
    ${script}`;
  return spawnSync(process.execPath, ["--import", "./runTypeScript.mjs", "--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
}

describe("cleanUpOnce", function () {
  this.timeout(120_000);
  this.slow(3000);

  it("cleans up when it is called, once", () => {
    const { stdout, status } = run("await cleanUp(); await cleanUp();");
    assert.deepEqual([stdout, status], ["cleaned\n", 0]);
  });

  it("cleans up after a signal that comes twice, and ends", () => {
    const { stdout, status } = run(
      `process.kill(process.pid, "SIGTERM");
       setTimeout(() => process.kill(process.pid, "SIGTERM"), 100);
       setTimeout(() => console.log("went on"), 15_000);`,
    );
    assert.deepEqual([stdout, status], ["cleaned\n", 130]);
  });
});

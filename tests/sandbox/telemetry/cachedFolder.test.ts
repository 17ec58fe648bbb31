import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureCachedFolder } from "../../../sandbox/telemetry/cachedFolder.ts";
import { silentReport } from "../../../cli/silentReport.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("ensureCachedFolder", () => {
  const folder = temporaryFolder();
  const cached = () => ({ folder: join(folder(), "cache", "made"), label: "making it" });
  let made = 0;
  const make = (partial: string) => {
    made += 1;
    mkdirSync(partial, { recursive: true });
    writeFileSync(join(partial, "file"), "");
    return Promise.resolve();
  };

  it("makes the folder once, however many ask for it at the same time", async () => {
    made = 0;
    const asked = [1, 2, 3].map(() => ensureCachedFolder(cached(), silentReport, make));
    assert.deepEqual(
      await Promise.all(asked),
      Array.from({ length: 3 }, () => cached().folder),
    );
    assert.equal(made, 1);
    assert.deepEqual(readdirSync(cached().folder), ["file"]);
  });

  it("leaves no folder when a program fails, says its last line and where the rest is, and starts over", async () => {
    const failing = ensureCachedFolder(cached(), silentReport, async (partial, run) => {
      await make(partial);
      await run(["sh", "-c", "echo first; echo no room left >&2; exit 3"]);
    });
    await assert.rejects(failing, {
      name: "UserError",
      message: `making it failed: no room left; whole log: ${cached().folder}.log`,
    });
    assert.ok(!existsSync(cached().folder));
    await ensureCachedFolder(cached(), silentReport, make);
    assert.deepEqual(readdirSync(cached().folder), ["file"]);
  });

  it("says which program is missing", async () => {
    const failing = ensureCachedFolder(cached(), silentReport, (_, run) => run(["no-such-program"]));
    await assert.rejects(failing, {
      name: "UserError",
      message: "no-such-program is not on PATH",
    });
  });
});

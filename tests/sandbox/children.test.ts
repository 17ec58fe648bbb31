import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { silentReport } from "../support/silentReport.ts";
import { endLeftChildren, noteChild } from "../../sandbox/children.ts";
import { ownIdentity } from "../../sandbox/processes.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("children of a killed run", () => {
  const folder = temporaryFolder();

  it("are ended by the next run", async () => {
    const child = spawn("sleep", ["60"]);
    const ended = new Promise((resolve) =>
      child.on("close", (_, signal) => {
        resolve(signal);
      }),
    );
    noteChild(folder(), child.pid ?? 0);
    await endLeftChildren(folder(), silentReport);
    assert.equal(await ended, "SIGTERM");
    assert.deepEqual(readdirSync(join(folder(), "children")), []);
  });

  it("are left alone when they are forgotten, or when there are none", async () => {
    noteChild(folder(), ownIdentity().pid)();
    await endLeftChildren(folder(), silentReport);
    await endLeftChildren(join(folder(), "none"), silentReport);
  });
});

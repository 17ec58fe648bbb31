import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireLock } from "../../sandbox/lock.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("acquireLock", () => {
  const folder = temporaryFolder();

  it("keeps a second run out until the first is done, and says who it is", () => {
    const lock = acquireLock(folder());
    assert.throws(() => acquireLock(folder()), {
      name: "UserError",
      message: new RegExp(`^process ${process.pid} is at work in .*: wait for it or end it, or use another --state`),
    });
    lock.release();
    acquireLock(folder()).release();
  });

  it("refuses a folder of somebody else, where a sandbox would delete what is not its own", () => {
    for (const name of ["cluster", "engine", "telemetry", "operators", "kubeconfig"]) {
      const state = join(folder(), `of-${name}`);
      mkdirSync(join(state, name), { recursive: true });
      assert.throws(() => acquireLock(state), {
        message: `${join(state, name)} is not of a sandbox: use another --state`,
      });
    }
    const own = join(folder(), "own");
    mkdirSync(join(own, "cluster", "etcd"), { recursive: true });
    acquireLock(own).release();
  });

  it("says in one line when the state folder cannot be made", () => {
    writeFileSync(join(folder(), "file"), "");
    assert.throws(() => acquireLock(join(folder(), "file", "state")), {
      name: "UserError",
      message: /^cannot write [^\n]*$/,
    });
  });
});

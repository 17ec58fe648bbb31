import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFile, tryLockFile } from "../../cli/lockFile.ts";
import { ownIdentity } from "../../cli/processes.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("tryLockFile", () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), "locks", "one.lock");

  function take() {
    const result = tryLockFile(file());
    assert.ok("release" in result, "the lock is held");
    return result;
  }

  it("is taken once, names its holder, and can be taken again when released", () => {
    const held = take();
    const second = tryLockFile(file());
    assert.deepEqual(second, { heldBy: ownIdentity() });
    held.release();
    take();
  });

  it("takes over the lock of a process that has ended", () => {
    take();
    const { pid } = spawnSync("true");
    writeFileSync(file(), JSON.stringify({ pid, started: "1" }));
    take();
  });

  it("takes over the lock of an earlier process with the id of one that runs", () => {
    take();
    writeFileSync(file(), JSON.stringify({ ...ownIdentity(), started: "another time" }));
    take();
  });

  it("takes over a lock that is not readable as one", () => {
    take();
    writeFileSync(file(), "");
    take();
  });

  it("leaves nothing but the lock behind", () => {
    take().release();
    assert.deepEqual(readdirSync(join(folder(), "locks")), []);
  });
});

describe("lockFile", () => {
  const folder = temporaryFolder();

  it("waits for the holder and says once whom it waits for", async () => {
    const file = join(folder(), "lock");
    const first = await lockFile(file, () => assert.fail("nobody holds it"));
    const waitedFor: number[] = [];
    const second = lockFile(file, ({ pid }) => waitedFor.push(pid));
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(waitedFor, [process.pid]);
    first.release();
    (await second).release();
    assert.equal(existsSync(file), false);
  });
});

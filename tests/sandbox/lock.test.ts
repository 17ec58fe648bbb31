import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
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

  it("says in one line when the state folder cannot be made", () => {
    writeFileSync(join(folder(), "file"), "");
    assert.throws(() => acquireLock(join(folder(), "file", "state")), {
      name: "UserError",
      message: /^cannot write [^\n]*$/,
    });
  });
});

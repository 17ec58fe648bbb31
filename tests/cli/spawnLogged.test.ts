import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { spawnLogged } from "../../cli/spawnLogged.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("spawnLogged", () => {
  const folder = temporaryFolder();

  it("adds what a program says to its log, whose folder it makes", async () => {
    const log = path.join(folder(), "logs/one.log");
    for (const text of ["first", "second"]) {
      const child = spawnLogged("sh", ["-c", `echo "$0"; echo "$0 error" >&2`, text], log, {});
      assert.deepEqual(await once(child, "close"), [0, null]);
    }
    assert.equal(readFileSync(log, "utf8"), "first\nfirst error\nsecond\nsecond error\n");
  });
});

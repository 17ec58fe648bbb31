import assert from "node:assert/strict";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { holderOf, isDead, locksIn } from "../../recovery/locks.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("locksIn", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string, stack = "dev") => {
    const locks = join(folder(), ".pulumi/locks/organization/p", stack);
    mkdirSync(locks, { recursive: true });
    const file = join(locks, name);
    writeFileSync(file, text);
    return file;
  };
  const lock = (pid: number, host = hostname()) => JSON.stringify({ pid, hostname: host });

  it("are those of the stack, dead where their process on this machine is gone", () => {
    write("a.json", lock(process.pid));
    write("a.json.attrs", '{"user.content_type":"text/plain"}');
    write("b.json", lock(4_194_305));
    write("c.json", lock(4_194_305, "elsewhere"));
    write("d.json", lock(1), "prod");
    const found = locksIn(folder(), "p", "dev").map((each) => [holderOf(each), isDead(each)]);
    assert.deepEqual(
      found.toSorted(),
      [
        ["process 4194305 on elsewhere", false],
        [`process 4194305 on ${hostname()}`, true],
        [`process ${process.pid} on ${hostname()}`, false],
      ].toSorted(),
    );
  });

  it("have what a full disk left of one, which may only be under way for a moment", () => {
    const torn = [write("a.json", ""), write("b.json.123.tmp", "")];
    assert.deepEqual(locksIn(folder(), "p", "dev").map(isDead), [false, false]);
    const before = Date.now() / 1000 - 60;
    for (const file of torn) utimesSync(file, before, before);
    const found = locksIn(folder(), "p", "dev");
    assert.deepEqual(found.map(isDead), [true, true]);
    assert.deepEqual(new Set(found.map(holderOf)), new Set(["a run that did not write its lock to its end"]));
  });

  it("are none where there is no backend", () => {
    assert.deepEqual(locksIn(join(folder(), "none"), "p", "dev"), []);
  });
});

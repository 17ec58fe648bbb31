import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { join } from "node:path";
import { makeOnce } from "../../cli/makeOnce.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("makeOnce", () => {
  const folder = temporaryFolder();
  const thing = () => {
    const path = join(folder(), "thing");
    return { path, lock: `${path}.lock`, label: "making it", othersDo: "makes it" };
  };

  it("makes a thing once for all callers of a process, who wait for it", async () => {
    let made = 0;
    const make = async () => {
      made += 1;
      await turn();
      writeFileSync(thing().path, "made");
    };
    await Promise.all([1, 2, 3].map(() => makeOnce(thing(), silentReport, make)));
    await makeOnce(thing(), silentReport, make);
    assert.equal(made, 1);
  });

  it("tells all of them that it failed, and makes it when it is asked for again", async () => {
    const fail = () => Promise.reject(new Error("no space"));
    const asked = [1, 2].map(() => makeOnce(thing(), silentReport, fail));
    for (const { status } of await Promise.allSettled(asked)) assert.equal(status, "rejected");
    await makeOnce(thing(), silentReport, () => Promise.resolve());
  });
});

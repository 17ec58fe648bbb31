import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isRunning, ownIdentity, startTime, statStartTime } from "../../cli/processes.ts";

describe("processes", () => {
  it("know themselves", () => {
    assert.equal(isRunning(ownIdentity()), true);
    assert.equal(isRunning({ ...ownIdentity(), started: "another time" }), false);
  });

  it("are gone once they have ended", async () => {
    const child = spawn("sleep", ["5"]);
    const identity = { pid: child.pid ?? 0, started: startTime(child.pid ?? 0) ?? "" };
    assert.equal(isRunning(identity), true);
    child.kill();
    await once(child, "close");
    assert.equal(isRunning(identity), false);
  });
});

describe("statStartTime", () => {
  const fields = (state: string) => [state, ...Array.from({ length: 30 }, (_, index) => index + 4)].join(" ");

  it("is field 22, whatever the program is called", () => {
    assert.equal(statStartTime(`7 (a) b) (c) ${fields("S")}`), "22");
  });

  it("is nothing for a process that has ended and is only not yet forgotten", () => {
    assert.equal(statStartTime(`7 (x) ${fields("Z")}`), undefined);
  });
});

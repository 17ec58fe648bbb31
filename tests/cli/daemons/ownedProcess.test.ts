import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { endProcess, identify, isOurs } from "../../../cli/daemons/ownedProcess.ts";

/** A process that does nothing for a minute, unless it is ended. */
async function idle(script = "setTimeout(() => {}, 60_000)") {
  const child = spawn(process.execPath, ["-e", `${script}; console.log("up")`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  const owned = identify(child.pid ?? 0);
  assert.ok(owned !== undefined);
  return { child, owned };
}

describe("ownedProcess", () => {
  it("knows a process by number, start time and executable", async () => {
    const { child, owned } = await idle();
    assert.equal(isOurs(owned), true);
    assert.equal(isOurs({ ...owned, started: "1" }), false);
    assert.equal(isOurs({ ...owned, executable: "/bin/other" }), false);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(isOurs(owned), false);
  });

  it("ends a process and waits until it is gone", async () => {
    const { owned } = await idle();
    await endProcess(owned);
    assert.equal(isOurs(owned), false);
  });

  it("leaves a process alone that only has the number of the recorded one", async () => {
    const { child, owned } = await idle();
    await endProcess({ ...owned, started: "1" });
    await endProcess({ ...owned, executable: "/bin/other" });
    assert.equal(isOurs(owned), true);
    child.kill("SIGKILL");
  });

  it("has no identity for a process that is not there", () => {
    assert.equal(identify(2 ** 22 + 1), undefined);
  });
});

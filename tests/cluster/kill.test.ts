import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTransport } from "../../sandbox/kube/transport.ts";
import { allObjects } from "../support/allObjects.ts";
import { sandboxCommand, untilSays } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

/** Milliseconds after the first resource's line at which a run is killed: all over a run, Helm's middle included. */
const MOMENTS = [0, 100, 250, 500, 750, 1000, 1400, 1800, 2500, 3500];

describe("a run that is stopped or killed", function () {
  this.timeout(180_000);
  const test = testCluster(17470);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");

  /** What the stack has, without what has a name by chance. */
  const objects = async () => {
    const all = await allObjects(createTransport(test().cluster.kubeconfig));
    return all.filter((line) => /fixture|widgets/.test(line) && !/ (Pod|ReplicaSet) |\/sh\.helm\.release/.test(line));
  };
  const inventory = () => {
    const file = join(test().paths.state, "inventory", "sandbox-fixture.dev.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { entries: unknown[] }).entries.length;
  };

  /** Starts a verb, waits until it is at its resources, and sends a signal some time after. */
  const interrupted = async (verb: string, signal: NodeJS.Signals, delay: number) => {
    const [child, end] = sandbox.start(verb);
    await untilSays(child, /applying|deleting/);
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill(signal);
    return end;
  };
  let whole: string[];

  it("is what the rest is compared with", async () => {
    assert.equal((await sandbox.run("up")).code, 0);
    whole = await objects();
    assert.equal((await sandbox.run("destroy")).code, 0);
    assert.deepEqual(await objects(), []);
  });

  it("ends in one line and with 130 on Ctrl-C, and the next run goes on", async () => {
    const { code, stderr } = await interrupted("up", "SIGINT", 300);
    assert.equal(code, 130, stderr);
    const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
    assert.deepEqual(errors, ["error: stopped; the next run goes on from here"]);
    const next = await sandbox.run("up");
    assert.equal(next.code, 0, next.stderr);
    assert.deepEqual(await objects(), whole);
    assert.equal((await sandbox.run("destroy")).code, 0);
  });

  for (const delay of MOMENTS) {
    it(`converges when up, and then destroy, is killed ${delay} ms after its first resource`, async () => {
      await interrupted("up", "SIGKILL", delay);
      assert.ok(inventory() > 0);
      const next = await sandbox.run("up");
      assert.equal(next.code, 0, next.stderr);
      assert.deepEqual(await objects(), whole);
      await interrupted("destroy", "SIGKILL", delay);
      const last = await sandbox.run("destroy");
      assert.equal(last.code, 0, last.stderr);
      assert.deepEqual(await objects(), []);
    });
  }
});

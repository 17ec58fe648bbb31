import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTransport } from "../../sandbox/kube/transport.ts";
import { allObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { sandboxCommand, type SandboxRun, untilSays } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

/** Runs are killed once in each of so many parts of their time, at a moment that chance decides. */
const PARTS = 10;
const first = { image: "example.org/operator:1" };
const upgraded = { image: "example.org/operator:2" };
/** An operator that never becomes ready, so that Helm waits. */
const never = { ready: false };

describe("a run that is stopped or killed", function () {
  this.timeout(180_000);
  const test = testCluster(17470);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");
  /** How long a verb works, in milliseconds from its first resource. */
  const spans = { up: 0, destroy: 0 };
  /** How many runs were over before they were to be killed. */
  let missed = 0;

  /** What the stack has, without what has a name by chance. */
  const objects = async () => {
    const all = await allObjects(createTransport(test().cluster.kubeconfig));
    return all.filter((line) => /fixture|widgets/.test(line) && !/ (Pod|ReplicaSet) |\/sh\.helm\.release/.test(line));
  };
  /** The resources that are noted; a torn file cannot be read. */
  const inventory = () => {
    const file = join(test().paths.state, "inventory", "sandbox-fixture.dev.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { entries: unknown[] }).entries.length : 0;
  };
  const succeeds = async (verb: string, settings: Record<string, unknown> = {}) => {
    const run = await sandbox.run(verb, settings);
    assert.equal(run.code, 0, run.stderr);
    return run;
  };
  let whole: string[];
  /** The next run makes good what a killed one left. */
  const converges = async (settings: Record<string, unknown> = {}) => {
    await succeeds("up", settings);
    assert.deepEqual(await objects(), whole);
    assert.equal((await succeeds("preview", settings)).lines[0], "0 to change, 8 unchanged");
  };
  const isGone = async () => {
    await succeeds("destroy");
    assert.deepEqual(await objects(), []);
  };

  /** Starts a verb, waits until it is at its resources, and sends a signal when `until` has passed. */
  const interrupted = async (
    signal: NodeJS.Signals,
    verb: string,
    settings: Record<string, unknown>,
    until: () => Promise<unknown>,
  ): Promise<SandboxRun> => {
    const [child, end] = sandbox.start(verb, settings);
    await untilSays(child, /applying|deleting/);
    await until();
    child.kill(signal);
    return end;
  };
  /** Kills a verb somewhere in one part of its time. */
  const killed = async (verb: keyof typeof spans, part: number) => {
    const moment = Math.round((spans[verb] * (part + Math.random())) / PARTS);
    const { code } = await interrupted("SIGKILL", verb, {}, () => sleep(moment));
    if (code !== null) missed += 1;
    console.log(`      ${verb}: ${moment} ms after its first resource${code === null ? "" : ", it was over before"}`);
  };
  /** Kills `up` while Helm waits. */
  const killedInHelm = async (status: string, operator: Record<string, unknown>) => {
    const labels = `owner=helm,name=widgets,status=${status}`;
    const { code } = await interrupted("SIGKILL", "up", { operator: { ...operator, ...never } }, () =>
      eventually(async () => {
        assert.equal((await test().client.list("v1", "Secret", "fixture", labels)).length, 1, `no ${status}`);
      }, 30_000),
    );
    assert.equal(code, null);
  };

  it("is what the rest is compared with", async () => {
    for (const verb of ["up", "destroy"] as const) {
      const [child, end] = sandbox.start(verb);
      await untilSays(child, /applying|deleting/);
      const started = Date.now();
      assert.equal((await end).code, 0);
      spans[verb] = Date.now() - started;
      if (verb === "up") whole = await objects();
    }
    assert.deepEqual(await objects(), []);
  });

  it("ends in one line and with 130 on Ctrl-C, and the next run goes on", async () => {
    const { code, stderr } = await interrupted("SIGINT", "up", {}, () => sleep(300));
    assert.equal(code, 130, stderr);
    const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
    assert.deepEqual(errors, ["error: stopped; the next run goes on from here"]);
    await converges();
  });

  it("converges when it is killed while Helm upgrades a release", async () => {
    await killedInHelm("pending-upgrade", upgraded);
    await converges({ operator: upgraded });
    await isGone();
  });

  it("converges when it is killed while Helm installs a release", async () => {
    await killedInHelm("pending-install", first);
    await converges();
    await isGone();
  });

  for (let part = 0; part < PARTS; part++) {
    it(`converges when up, and then destroy, is killed in part ${part + 1} of ${PARTS} of its time`, async () => {
      await killed("up", part);
      assert.ok(inventory() > 0);
      await converges();
      await killed("destroy", part);
      inventory();
      await isGone();
    });
  }

  it("was killed before its end nearly every time", () => {
    // What is left to do in the last part is little, and a machine is not always equally fast.
    assert.ok(missed <= PARTS / 2, `${missed} of ${2 * PARTS} runs were over before`);
  });
});

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { engineHome } from "../../sandbox/engine/home.ts";
import { leftovers } from "../../sandbox/engine/leftovers.ts";
import { stacksOf } from "../../sandbox/engine/states.ts";
import { fixtureObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { interrupted, killedInPart, suiteSeed } from "../support/kills.ts";
import { sandboxCommand } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

/** Runs are killed once in each of so many parts of their time, at a moment that chance decides. KILLS=10 takes ten minutes. */
const PARTS = Number(process.env.KILLS ?? 2);
const first = { image: "example.org/operator:1" };
/** See the engine's test. */
const RESOURCES = 11;
const upgraded = { image: "example.org/operator:2" };
/** An operator that never becomes ready, so that Helm waits. */
const never = { ready: false };

describe("a run that is stopped or killed", function () {
  this.timeout(180_000);
  const test = testCluster(17470);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");
  const seed = suiteSeed();

  /** What the stack has, without what has a name by chance. */
  const objects = () => fixtureObjects(test().cluster.kubeconfig);
  /** A file that is torn cannot be read. */
  const assertStateIsWhole = () => {
    assert.doesNotThrow(() => stacksOf(engineHome(test().paths)));
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
    const unchanged = { created: 0, updated: 0, deleted: 0, unchanged: RESOURCES, failed: 0 };
    assert.deepEqual((await succeeds("preview", settings)).counts, unchanged);
  };
  const isGone = async () => {
    await succeeds("destroy");
    assert.deepEqual(await objects(), []);
  };

  const stopped = (signal: NodeJS.Signals, verb: string, until: () => Promise<unknown>, settings = {}) =>
    interrupted(sandbox, test().paths, signal, [verb, settings], until);
  const killed = (verb: "up" | "destroy", part: number) => {
    const undo = verb === "up" ? isGone : converges;
    const runs = { sandbox, paths: test().paths, seed, resources: RESOURCES, parts: PARTS, verb, undo };
    return killedInPart(runs, part);
  };
  const recorded = (status: string) =>
    eventually(async () => {
      const labels = `owner=helm,name=widgets,status=${status}`;
      assert.equal((await test().client.list("v1", "Secret", "fixture", labels)).length, 1, `no ${status}`);
    }, 30_000);
  /** Kills `up` while Helm waits. */
  const killedInHelm = async (status: string, operator: Record<string, unknown>) => {
    const { code } = await stopped("SIGKILL", "up", () => recorded(status), { operator: { ...operator, ...never } });
    assert.equal(code, null);
  };

  it("is what the rest is compared with", async () => {
    console.log(`      SEED=${seed}`);
    await succeeds("up");
    whole = await objects();
    await isGone();
  });

  for (const [what, signal] of [
    ["on Ctrl-C", "SIGINT"],
    ["when its terminal is closed", "SIGHUP"],
  ] as const) {
    it(`ends in one line and with 130 ${what}, and the next run goes on`, async () => {
      await isGone();
      const { code, stderr } = await stopped(signal, "up", () => sleep(300));
      assert.equal(code, 130, stderr);
      const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
      assert.deepEqual(errors, ["error: stopped; the next run goes on from here"]);
      await converges();
    });
  }

  it("breaks off at the second Ctrl-C what is under way, and the next run ends it well", async () => {
    await isGone();
    const [child, end] = sandbox.start("up", { operator: { ...first, ...never } });
    await recorded("pending-install");
    child.kill("SIGINT");
    // Later than what a terminal sends twice.
    await sleep(1000);
    child.kill("SIGINT");
    const { code, stderr } = await end;
    assert.equal(code, 130, stderr);
    // The engine as well, which would wait for the release for as long as that may take.
    await eventually(() => {
      assert.deepEqual(leftovers(engineHome(test().paths)).engines, []);
      return Promise.resolve();
    }, 10_000);
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
    it(`converges when up, and then destroy, is killed in part ${part + 1} of ${PARTS} of its work`, async () => {
      await killed("up", part);
      assertStateIsWhole();
      await converges();
      await killed("destroy", part);
      assertStateIsWhole();
      await isGone();
    });
  }
});

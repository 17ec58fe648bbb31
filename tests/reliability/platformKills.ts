import assert from "node:assert/strict";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { ownObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { killedInPart, suiteSeed } from "../support/kills.ts";
import { artifactsAre, platformSandbox, platformSettings } from "../support/platformSandbox.ts";
import { testCluster } from "../support/testCluster.ts";

/** Takes minutes: not among the tests of the continuous integration, started by `npm run verify -- reliability`. */
const PARTS = Number(process.env.PLATFORM_KILLS ?? 2);

describe(`the platform, stack dev, with ${artifactsAre}, killed at moments that chance decides`, function () {
  this.timeout(600_000);
  const test = testCluster(17710);
  const sandbox = platformSandbox(() => test().paths);
  const seed = suiteSeed();
  let resources: number;
  let dev: Record<string, unknown>;
  let empty: string[];

  const objects = () => ownObjects(createTransport(test().cluster.kubeconfig));
  const succeeds = async (verb: string) => {
    const run = await sandbox.run(verb, dev);
    assert.equal(run.code, 0, run.stderr);
    return run.counts;
  };
  const isEmpty = () =>
    eventually(async () => {
      assert.deepEqual(await objects(), empty);
    }, 60_000);

  const killed = (verb: "up" | "destroy", part: number) => {
    const undo = () => succeeds(verb === "up" ? "destroy" : "up");
    const runs = { sandbox, paths: test().paths, seed, resources, parts: PARTS, verb, settings: dev, undo };
    return killedInPart(runs, part);
  };

  it("is what the rest is compared with", async () => {
    console.log(`      SEED=${seed}`);
    dev = await platformSettings("dev");
    empty = await objects();
    resources = (await succeeds("up")).created;
    await succeeds("destroy");
    await isEmpty();
  });

  for (let part = 0; part < PARTS; part++) {
    it(`converges when up, and then destroy, is killed in part ${part + 1} of ${PARTS} of its work`, async () => {
      await killed("up", part);
      await succeeds("up");
      const { unchanged, ...changed } = await succeeds("preview");
      assert.deepEqual(changed, { created: 0, updated: 0, deleted: 0, failed: 0 });
      assert.ok(unchanged > 30);
      await killed("destroy", part);
      await succeeds("destroy");
      await isEmpty();
    });
  }
});

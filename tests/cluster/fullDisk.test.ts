import assert from "node:assert/strict";
import { mkdir, readlink } from "node:fs/promises";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { engineHome } from "../../sandbox/engine/home.ts";
import { fixtureObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { sandboxCommand } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";
import { describeWhere } from "../support/prerequisites.ts";

/** See the engine's test. */
const unchanged = { created: 0, updated: 0, deleted: 0, unchanged: 11, failed: 0 };
const second = { operator: { image: "example.org/operator:2" } };

/** A file system of a test's own takes a mount namespace. Root makes one; a user makes it in a user namespace, where the machine allows that. */
const asWho = [
  { make: [], enter: [] },
  { make: ["--map-root-user"], enter: ["--user", "--preserve-credentials"] },
].find(({ make }) => spawnSync("unshare", [...make, "--mount", "true"]).status === 0);
const { make = [], enter = [] } = asWho ?? {};

describeWhere(asWho !== undefined, "unshare with the right to mount")("a full disk below the state", function () {
  this.timeout(120_000);
  const test = testCluster(17530);
  let keeper: ChildProcess;
  /** Runs a program where the small file system is. */
  const within = (): string[] => [
    "nsenter",
    "--target",
    String(keeper.pid),
    ...enter,
    "--mount",
    `--wd=${process.cwd()}`,
  ];
  const small = (line: string) =>
    execFileSync("nsenter", [...within().slice(1), "sh", "-c", line], { encoding: "utf8" });
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture", within);
  const backend = () => engineHome(test().paths).backend;
  const objects = () => fixtureObjects(test().cluster.kubeconfig);
  const succeeds = async (verb: string, settings: Record<string, unknown> = {}) => {
    const run = await sandbox.run(verb, settings);
    assert.equal(run.code, 0, run.stderr);
    return run;
  };
  /** Leaves so much room, in KiB. */
  const leave = (room: number) => {
    small(
      `cd '${backend()}' && free=$(df -k --output=avail . | tail -1) && head -c $(((free - ${room}) * 1024)) /dev/zero > fill`,
    );
  };
  const makeRoom = () => small(`rm '${backend()}/fill'`);

  before("mount", async () => {
    keeper = spawn("unshare", [...make, "--mount", "sleep", "600"], { stdio: "ignore" });
    await mkdir(backend(), { recursive: true });
    // The process is there before its namespace: mounted at once, it would be in everybody's.
    await eventually(async () => {
      assert.notEqual(await readlink(`/proc/${keeper.pid}/ns/mnt`), await readlink("/proc/self/ns/mnt"));
    }, 10_000);
    small(`mount -t tmpfs -o size=2m none '${backend()}'`);
  });

  after("unmount", () => {
    keeper.kill();
  });

  for (const room of [12, 28, 40]) {
    it(`with ${room} KiB left fails up in words that say so; once there is room the next run converges`, async () => {
      await succeeds("up");
      const whole = await objects();
      leave(room);
      const { code, stderr } = await sandbox.run("up", second);
      assert.equal(code, 1);
      assert.match(stderr, /^error: .*no space left on device/m);
      makeRoom();
      await succeeds("up");
      assert.deepEqual((await sandbox.run("preview")).counts, unchanged);
      assert.deepEqual(await objects(), whole);
    });
  }
});

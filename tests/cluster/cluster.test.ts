import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { findCluster, startCluster, stopCluster } from "../../sandbox/cluster/cluster.ts";
import { clusterFolders, clusterPorts } from "../../sandbox/cluster/config.ts";
import { checkPorts } from "../../sandbox/cluster/ports.ts";
import { clusterProcesses, killPrograms, runningPrograms } from "../../sandbox/cluster/programs.ts";
import { openCluster } from "../../sandbox/cluster/api/client.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { listeners } from "../support/listeners.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { conditionsOf, testCluster } from "../support/testCluster.ts";

const firstPort = 17440;
const sources = resolve(import.meta.dirname, "../../sandbox");

describe("the cluster", function () {
  this.timeout(60_000);
  const test = testCluster(firstPort);
  const folders = () => clusterFolders(test().paths.state);
  const start = () => startCluster(test().paths, silentReport);
  const pids = () => new Set(clusterProcesses(folders()).map(({ pid }) => pid));

  const marker = (name: string) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "default" },
    data: { key: "value" },
  });

  async function assertReady(): Promise<void> {
    assert.equal((await findCluster(test().paths))?.server, `https://127.0.0.1:${firstPort}`);
    // A client of its own: a cluster that was stopped has other keys when it is started again.
    const client = openCluster(test().cluster.kubeconfig);
    const [node, ...others] = await client.list("v1", "Node");
    assert.deepEqual(others, []);
    assert.equal(conditionsOf(node).Ready, "True");
  }

  it("is the pinned Kubernetes, with one node that is ready", async () => {
    const send = createTransport(test().cluster.kubeconfig);
    const { gitVersion } = (await send({ method: "GET", path: "/version" })) as { gitVersion: string };
    assert.equal(gitVersion, "v1.36.3");
    await assertReady();
  });

  it("listens on loopback only", function () {
    const ports = Object.values(clusterPorts(firstPort)).flat();
    const found = listeners(ports) ?? this.skip();
    assert.deepEqual(found.open.sort(), ports);
    assert.deepEqual(found.beyondLoopback, []);
  });

  it("is not given up, nor started over, after its folder was moved", async () => {
    const { state } = test().paths;
    const moved = `${state}-moved`;
    renameSync(state, moved);
    try {
      const paths = { ...test().paths, state: moved };
      await assert.rejects(stopCluster(paths, silentReport), { message: /runs, but under the path .*: move it back/ });
      await assert.rejects(startCluster(paths, silentReport), { message: /runs, but under the path/ });
    } finally {
      renameSync(moved, state);
    }
    assert.deepEqual(await start(), test().cluster);
    await assertReady();
  });

  it("keeps its kubeconfig from other users", () => {
    assert.equal(statSync(test().cluster.kubeconfig).mode & 0o777, 0o600);
  });

  it("is found again, not started twice", async () => {
    const before = pids();
    assert.deepEqual(await start(), test().cluster);
    assert.deepEqual(pids(), before);
  });

  it("comes back with its objects after all its programs were killed", async () => {
    await test().apply(marker("kept"));
    await killPrograms(folders());
    const asked = Date.now();
    assert.equal(await findCluster(test().paths), undefined);
    assert.ok(Date.now() - asked < 1000);
    await start();
    await assertReady();
    assert.ok(await test().get(marker("kept")));
  });

  it("comes back with its objects where its kubeconfig was lost too", async () => {
    await killPrograms(folders());
    rmSync(test().cluster.kubeconfig);
    await start();
    await assertReady();
    // Its keys are new.
    const found = await openCluster(test().cluster.kubeconfig).list("v1", "ConfigMap", "default");
    assert.ok(found.some(({ metadata }) => metadata.name === "kept"));
  });

  for (const program of Object.keys(clusterPorts(0))) {
    it(`comes back when only ${program} was killed`, async () => {
      await killPrograms(folders(), program);
      await start();
      assert.ok(runningPrograms(folders()).has(program));
      await assertReady();
    });
  }

  it("says which port is in use, and starts when it is free", async () => {
    await killPrograms(folders());
    await checkPorts(firstPort, 5000);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(firstPort + 3, "127.0.0.1", resolve));
    await assert.rejects(start(), /^UserError: port 17443 is in use .* kube-controller-manager needs it: .*--port$/);
    await new Promise((resolve) => server.close(resolve));
    await start();
    await assertReady();
  });

  it("begins anew after a first start that was broken off: etcd may never elect a leader from what that left", async () => {
    await stopCluster(test().paths, silentReport);
    mkdirSync(join(folders().data, "member/wal"), { recursive: true, mode: 0o700 });
    writeFileSync(join(folders().data, "member/wal/0000000000000000-0000000000000000.wal"), "half");
    await start();
    await assertReady();
  });

  for (const milliseconds of [400, 1200, 2000, 3000]) {
    it(`starts after an earlier start was killed ${milliseconds} ms after it began`, async () => {
      await stopCluster(test().paths, silentReport);
      const program = `
        import { startCluster } from ${JSON.stringify(join(sources, "cluster/cluster.ts"))};
        import { createReport } from ${JSON.stringify(join(sources, "../cli/report.ts"))};
        await startCluster(${JSON.stringify(test().paths)}, createReport());`;
      const args = ["--import", "./runTypeScript.mjs", "--input-type=module", "--eval", program];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
      const told = text(child.stderr);
      const ended = once(child, "exit");
      await Promise.race([ended, sleep(milliseconds)]);
      child.kill("SIGKILL");
      const [code] = (await ended) as [number | null];
      // On a fast machine the start may be over.
      assert.ok(code === null || code === 0, await told);
      await start();
      await assertReady();
    });
  }

  it("stops, deletes its data and frees its ports", async () => {
    await stopCluster(test().paths, silentReport);
    assert.equal(await findCluster(test().paths), undefined);
    assert.deepEqual(clusterProcesses(folders()), []);
    assert.equal(existsSync(folders().root) || existsSync(join(test().paths.state, "kubeconfig")), false);
    await checkPorts(firstPort);
    await stopCluster(test().paths, silentReport); // nothing left to do
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { acquireLock } from "../../sandbox/lock.ts";
import { allObjects, ownObjects } from "../support/allObjects.ts";
import { sandboxCommand, type SandboxRun } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "api", namespace: "fixture" } };
const extra = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "extra", namespace: "fixture" } };
const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "admin", namespace: "fixture" } };
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "fixture" } };
/** Eight of the cluster and the random provider, the component, the cluster's provider and the stack itself. */
const RESOURCES = 11;

describe("the engine, with a small program that has one resource of each kind", function () {
  this.timeout(120_000);
  const test = testCluster(17460);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");
  let before: string[];
  let password: string;
  /** All that the runs have printed. */
  const said: string[] = [];

  const objects = () => allObjects(createTransport(test().cluster.kubeconfig));
  const succeeded = (run: SandboxRun) => {
    assert.equal(run.code, 0, run.stderr);
    said.push(run.stdout, run.stderr);
    return run;
  };
  const counts = async (verb: string, settings: Record<string, unknown> = {}) =>
    succeeded(await sandbox.run(verb, settings)).counts;
  const only = (changed: Partial<SandboxRun["counts"]>): SandboxRun["counts"] => ({
    ...{ created: 0, updated: 0, deleted: 0, unchanged: RESOURCES, failed: 0 },
    ...changed,
  });
  const passwordInCluster = async () => {
    const { password: encoded = "" } = ((await test().get(secret))?.data ?? {}) as { password?: string };
    return Buffer.from(encoded, "base64").toString();
  };

  it("previews into an empty cluster, and changes nothing", async () => {
    before = await ownObjects(createTransport(test().cluster.kubeconfig));
    const { counts } = succeeded(await sandbox.run("preview"));
    assert.deepEqual(counts, only({ created: RESOURCES, unchanged: 0 }));
    assert.deepEqual(await objects(), before);
  });

  it("applies everything, waits for it, and redacts secret outputs", async () => {
    const { counts, outputs } = succeeded(await sandbox.run("up"));
    assert.deepEqual(counts, only({ created: RESOURCES, unchanged: 0 }));
    const login = { user: "admin", password: "[secret]" };
    assert.deepEqual(outputs, { apiName: "api", adminPassword: "[secret]", login, releaseStatus: "deployed" });
    const status = (await test().get(deployment))?.status as { availableReplicas?: number };
    assert.equal(status.availableReplicas, 1);
  });

  it("shows a secret output only when asked to, and keeps it in no file", async () => {
    password = await passwordInCluster();
    assert.match(password, /^[A-Za-z0-9]{24}$/);
    assert.equal((await sandbox.run("outputs")).outputs.adminPassword, "[secret]");
    // Not among what is said: here it is asked for.
    const { code, stderr, outputs: shown } = await sandbox.run("outputs", {}, "--show-secrets");
    assert.equal(code, 0, stderr);
    assert.deepEqual(shown.login, { user: "admin", password });
    const { state } = test().paths;
    for (const file of readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      // etcd's own data holds what the cluster holds.
      if (file.parentPath.startsWith(join(state, "cluster"))) continue;
      const content = readFileSync(join(file.parentPath, file.name));
      for (const secret of [password, Buffer.from(password).toString("base64")]) {
        assert.ok(!content.includes(secret), file.name);
      }
    }
  });

  it("has nothing to do right after, nor after a refresh, and keeps the password", async () => {
    assert.deepEqual(await counts("preview"), only({}));
    assert.deepEqual(await counts("refresh"), only({}));
    assert.deepEqual(await counts("preview"), only({}));
    assert.deepEqual(await counts("up"), only({}));
    assert.equal(await passwordInCluster(), password);
  });

  it("previews exactly what a changed setting touches, field by field", async () => {
    const { counts, stderr } = succeeded(await sandbox.run("preview", { replicas: 2 }));
    assert.deepEqual(counts, only({ updated: 1, unchanged: RESOURCES - 1 }));
    assert.match(stderr, /~ kubernetes:apps\/v1:Deployment: \(update\)/);
    assert.match(stderr, /~ replicas: 1 => 2/);
  });

  it("finds by refresh what was changed and deleted by hand, and repairs it by up", async () => {
    await test().apply({ ...deployment, spec: { replicas: 3 } });
    await test().client.delete({ apiVersion: "v1", kind: "ConfigMap", ...extra.metadata });
    assert.deepEqual(await counts("preview"), only({}));
    const { counts: found, stderr } = succeeded(await sandbox.run("refresh"));
    assert.deepEqual(found, only({ updated: 1, deleted: 1, unchanged: RESOURCES - 2 }));
    assert.match(stderr, /~ kubernetes:apps\/v1:Deployment: \(update\)\n(.*\n){3}.*~ spec: {\n +~ replicas: 1 => 3$/m);
    assert.match(stderr, /- kubernetes:core\/v1:ConfigMap: \(delete\)/);
    assert.deepEqual(await counts("up"), only({ created: 1, updated: 1, unchanged: RESOURCES - 2 }));
    assert.equal(((await test().get(deployment))?.spec as { replicas: number }).replicas, 1);
    assert.ok(await test().get(extra));
  });

  it("shows by refresh that a Secret was changed by hand, not its values", async () => {
    const byHand = "changed-by-hand";
    await test().apply({ ...secret, stringData: { password: byHand } });
    const { counts: found, stdout, stderr } = succeeded(await sandbox.run("refresh"));
    assert.deepEqual(found, only({ updated: 1, unchanged: RESOURCES - 1 }));
    assert.match(stderr, /~ password: \[secret\] => \[secret\]/);
    for (const value of [byHand, Buffer.from(byHand).toString("base64")]) {
      assert.ok(!`${stdout}${stderr}`.includes(value), stderr);
    }
    // This program's provider makes a changed Secret anew, and with it the ConfigMap that names it.
    assert.deepEqual(await counts("up"), only({ updated: 2, unchanged: RESOURCES - 2 }));
    assert.equal(await passwordInCluster(), password);
  });

  it("removes what is no longer part of the program", async () => {
    const pruned = only({ deleted: 1, unchanged: RESOURCES - 1 });
    assert.deepEqual(await counts("preview", { extra: false }), pruned);
    assert.deepEqual(await counts("up", { extra: false }), pruned);
    assert.equal(await test().get(extra), undefined);
  });

  it("says a failure once, with the resource's name and the API server's words, and leaves the rest", async () => {
    const { code, counts, stderr } = await sandbox.run("up", { widget: { size: 11 } });
    assert.equal(code, 1);
    // What was done until then is told too.
    assert.equal(counts.failed, 1);
    assert.ok(counts.created + counts.unchanged > 1, JSON.stringify(counts));
    const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
    assert.equal(errors.length, 1, stderr);
    assert.match(
      errors[0] ?? "",
      /^error: kubernetes:fixture\.example\.org\/v1:Widget widget: .*spec\.size.* should be less than or equal to 10/,
    );
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.deepEqual(await sandbox.run("up").then((run) => run.code), 0);
  });

  it("refuses a field that the kind does not have", async () => {
    const { code, stderr } = await sandbox.run("up", { widget: { size: 1, colour: "red" } });
    assert.equal(code, 1);
    assert.match(stderr, /^error: kubernetes:fixture.*Widget widget: .*colour/m);
  });

  it("refuses another stack of the project, and a second run at the same time", async () => {
    const other = await sandbox.run("up", {}, "--stack", "other");
    assert.match(
      other.stderr,
      /^error: stack "dev" is in this sandbox: first run "npm run sandbox -- destroy --project \S+ --state \S+ --port \d+ --stack dev"/m,
    );
    // Held by the test: of two real runs the one may be over before the other asks.
    const lock = acquireLock(test().paths.state);
    const second = await sandbox.run("up");
    lock.release();
    assert.equal(second.code, 1);
    assert.match(second.stderr, new RegExp(`^error: process ${process.pid} is at work in [^\\n]*\\n$`, "m"));
  });

  it("tells what is there", async () => {
    const { lines, stdout } = succeeded(await sandbox.run("status"));
    assert.deepEqual(lines.slice(1, 4), [
      "stack: sandbox-fixture/dev, 9 resources",
      "deployments: 2 of 2 available",
      "telemetry: not running",
    ]);
    const { cluster, stacks, problems } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(
      [cluster, stacks, problems],
      [
        { server: test().cluster.server, kubeconfig: test().cluster.kubeconfig },
        [{ project: "sandbox-fixture", stack: "dev", count: 9, pending: 0 }],
        [],
      ],
    );
  });

  it("fails before anything starts when a setting has the wrong type", async () => {
    const { code, stderr } = await sandbox.run("up", { replicas: "many" });
    assert.equal(code, 1);
    assert.match(stderr, /^error: [^\n]*sandbox-fixture:replicas is "many": must be of type integer\n$/);
  });

  it("destroys everything, and leaves nothing", async () => {
    assert.deepEqual(await counts("destroy"), only({ deleted: RESOURCES, unchanged: 0 }));
    assert.equal(await test().get(namespace), undefined);
    assert.deepEqual(await objects(), before);
    assert.deepEqual(await counts("destroy"), only({ unchanged: 0 }));
  });

  it("says a secret in no line and no summary", () => {
    assert.ok(said.length > 10);
    for (const text of said) {
      for (const secret of [password, Buffer.from(password).toString("base64")]) assert.ok(!text.includes(secret));
    }
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTransport } from "../../sandbox/kube/transport.ts";
import { acquireLock } from "../../sandbox/lock.ts";
import { allObjects, ownObjects } from "../support/allObjects.ts";
import { sandboxCommand, type SandboxRun } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "api", namespace: "fixture" } };
const operator = { ...deployment, metadata: { name: "widgets", namespace: "fixture" } };
const extra = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "extra", namespace: "fixture" } };
const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "admin", namespace: "fixture" } };
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "fixture" } };
const RESOURCES = 8;

describe("the runner, with a small program that has one resource of each kind", function () {
  this.timeout(120_000);
  const test = testCluster(17460);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");
  let before: string[];
  let password: string;

  const objects = () => allObjects(createTransport(test().cluster.kubeconfig));
  const succeeded = (run: SandboxRun) => {
    assert.equal(run.code, 0, run.stderr);
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

  it("previews into an empty cluster, says what could not be checked, and changes nothing", async () => {
    before = await ownObjects(createTransport(test().cluster.kubeconfig));
    const { lines, counts } = succeeded(await sandbox.run("preview"));
    assert.deepEqual(counts, only({ created: RESOURCES, unchanged: 0 }));
    const notes = lines
      .filter((line) => line.includes("not checked by the server"))
      .map((line) => line.split(": ").at(-1));
    assert.deepEqual(notes.sort(), [
      "ValidatingWebhookConfiguration widgets is not there yet",
      "kind Widget is not there yet",
      "namespace fixture is not there yet",
      "namespace fixture is not there yet",
    ]);
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
    const shown = succeeded(await sandbox.run("outputs", {}, "--show-secrets")).outputs;
    assert.deepEqual(shown.login, { user: "admin", password });
    const { state } = test().paths;
    for (const file of readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      // etcd's own data holds what the cluster holds.
      if (file.parentPath.startsWith(join(state, "cluster"))) continue;
      assert.ok(!readFileSync(join(file.parentPath, file.name)).includes(password), file.name);
    }
  });

  it("has nothing to do right after, and keeps the password", async () => {
    const preview = succeeded(await sandbox.run("preview"));
    assert.equal(preview.lines[0], `0 to change, ${RESOURCES} unchanged`);
    assert.deepEqual(await counts("up"), only({}));
    assert.equal(await passwordInCluster(), password);
  });

  it("previews exactly what a changed setting touches, field by field", async () => {
    const { counts, lines } = succeeded(await sandbox.run("preview", { replicas: 2 }));
    assert.deepEqual(counts, only({ updated: 1, unchanged: RESOURCES - 1 }));
    assert.deepEqual(lines.slice(0, 2), [
      "~ kubernetes:apps/v1:Deployment api: to be updated",
      "    spec.replicas: 1 -> 2",
    ]);
  });

  it("shows a field that was changed by hand, and restores it", async () => {
    await test().apply({ ...deployment, spec: { replicas: 3 } });
    const { lines } = succeeded(await sandbox.run("preview"));
    assert.equal(lines[1], "    spec.replicas: 3 -> 1");
    assert.deepEqual(await counts("up"), only({ updated: 1, unchanged: RESOURCES - 1 }));
    assert.equal(((await test().get(deployment))?.spec as { replicas: number }).replicas, 1);
  });

  it("shows objects that were deleted by hand, also those of a release, and makes them again", async () => {
    for (const { apiVersion, kind, metadata } of [extra, operator])
      await test().client.delete({ apiVersion, kind, ...metadata });
    const { lines } = succeeded(await sandbox.run("preview"));
    assert.deepEqual(lines.slice(0, -1).sort(), [
      '    Deployment fixture/widgets: (none) -> "present"',
      "+ kubernetes:core/v1:ConfigMap extra: to be created",
      "1 to create, 1 to update, 6 unchanged",
      "~ kubernetes:helm.sh/v3:Release widgets: to be updated",
    ]);
    assert.deepEqual(await counts("up"), only({ created: 1, updated: 1, unchanged: RESOURCES - 2 }));
    assert.ok(await test().get(operator));
  });

  it("removes what is no longer part of the program", async () => {
    const { lines } = succeeded(await sandbox.run("preview", { extra: false }));
    assert.equal(lines[0], "- kubernetes:core/v1:ConfigMap extra: to be deleted");
    const pruned = only({ deleted: 1, unchanged: RESOURCES - 1 });
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
      /^error: kubernetes:fixture\.example\.org\/v1:Widget widget: .*spec\.size.* should be less than or equal to 10$/,
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
      /^error: stack "dev" is in this sandbox: first run "npm run sandbox -- destroy --project \S+ --stack dev"/,
    );
    // Held by the test: of two real runs the one may be over before the other asks.
    const lock = acquireLock(test().paths.state);
    const second = await sandbox.run("up");
    lock.release();
    assert.equal(second.code, 1);
    assert.match(second.stderr, new RegExp(`^error: process ${process.pid} is at work in [^\\n]*\\n$`));
  });

  it("tells what is there", async () => {
    const { lines } = succeeded(await sandbox.run("status"));
    assert.deepEqual(lines.slice(1, 3), [
      `stack: sandbox-fixture/dev, ${RESOURCES} resources`,
      "deployments: 2 of 2 available",
    ]);
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
});

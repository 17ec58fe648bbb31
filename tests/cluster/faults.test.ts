import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../../sandbox/cluster/config.ts";
import { clusterProcesses } from "../../sandbox/cluster/programs.ts";
import { sandboxCommand, type SandboxRun, untilSays } from "../support/sandboxRun.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const namespaced = (apiVersion: string, kind: string, name: string): TestObject => ({
  ...{ apiVersion, kind, metadata: { name, namespace: "fixture" } },
});
const operator = namespaced("apps/v1", "Deployment", "widgets");
const widget = namespaced("fixture.example.org/v1", "Widget", "widget");
const held = namespaced("v1", "ConfigMap", "held");
const webhooks = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  name: "widgets",
};
const crd = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "widgets.fixture.example.org",
};
const first = { image: "example.org/operator:1" };
const second = { image: "example.org/operator:2" };
const release = "kubernetes:helm.sh/v3:Release widgets";
const gate = "kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfigurationPatch widgets-gate";

describe("faults", function () {
  this.timeout(180_000);
  const test = testCluster(17480);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");

  const converges = async (settings: Record<string, unknown> = {}) => {
    const { code, stderr } = await sandbox.run("up", settings);
    assert.equal(code, 0, stderr);
    assert.equal((await sandbox.run("preview", settings)).lines[0], "0 to change, 8 unchanged");
  };
  /** The one line of error that a failing run ends with. */
  const failure = async (verb: string, settings: Record<string, unknown> = {}) =>
    errorOf(await sandbox.run(verb, settings));
  const changed = ({ lines }: SandboxRun) => lines.filter((line) => /^[-+~] /.test(line)).sort();
  const imageOf = async () => {
    const live = (await test().get(operator)) as { spec?: { template: { spec: { containers: { image: string }[] } } } };
    return live.spec?.template.spec.containers[0]?.image;
  };
  const apiServer = () => {
    const found = clusterProcesses(clusterFolders(test().paths.state)).find(({ command }) =>
      command.includes("/kube-apiserver "),
    );
    assert.ok(found);
    return found.pid;
  };
  /** Starts up on an empty cluster and gives the API server a signal in the middle of it. */
  const upsetApiServer = async (signal: NodeJS.Signals) => {
    const [child, end] = sandbox.start("up");
    await untilSays(child, /applying/);
    process.kill(apiServer(), signal);
    return end;
  };

  it("a release that times out is named, with what it was waiting for; the next run installs it", async () => {
    const line = await failure("up", { operator: { ...first, ready: false }, timeoutSeconds: 4 });
    assert.match(
      line,
      /^error: kubernetes:helm.sh\/v3:Release widgets: .* \(last seen: Deployment fixture\/widgets: 0 of 1 pods are ready\)$/,
    );
    await converges();
  });

  it("an upgrade changes its release and passes the gate again; custom resources stay", async () => {
    const uid = (await test().get(widget))?.metadata.uid;
    const settings = { operator: second };
    const preview = await sandbox.run("preview", settings);
    assert.deepEqual(changed(preview), [`~ ${gate}: to be updated`, `~ ${release}: to be updated`]);
    assert.ok(preview.lines.includes('    values.image: "example.org/operator:1" -> "example.org/operator:2"'));
    await converges(settings);
    assert.equal(await imageOf(), second.image);
    assert.equal((await test().get(widget))?.metadata.uid, uid);
  });

  it("a failing upgrade leaves the old version running", async () => {
    const image = "example.org/operator:3";
    assert.match(
      await failure("up", { operator: { image, ready: false }, timeoutSeconds: 4 }),
      /^error: .*Release widgets: /,
    );
    assert.equal(await imageOf(), second.image);
    await converges({ operator: second });
  });

  it("a webhook that never gets its CA fails its gate, which says what to look at", async () => {
    await test().client.delete(webhooks);
    const line = await failure("up", { operator: { ...second, ca: false }, timeoutSeconds: 4 });
    assert.match(
      line,
      /^error: .*Patch widgets-gate: ValidatingWebhookConfiguration widgets was not ready within 4 s: .*caBundle is not there yet; it waits for a CA$/,
    );
    await converges();
  });

  it("a CRD that was removed behind our back is shown, and comes back with its custom resource", async () => {
    await test().client.delete(crd);
    const preview = await sandbox.run("preview");
    assert.deepEqual(changed(preview), [
      "+ kubernetes:fixture.example.org/v1:Widget widget: to be created, not checked by the server: kind Widget is not there yet",
      `~ ${release}: to be updated`,
    ]);
    await converges();
    assert.ok(await test().get(widget));
  });

  it("an inventory that cannot be written stops the run before anything is changed", async () => {
    const folder = join(test().paths.state, "inventory");
    renameSync(folder, `${folder}.aside`);
    // Nothing can be written there, not even by root.
    symlinkSync("/proc", folder);
    assert.match(
      await failure("up", { replicas: 2 }),
      /^error: [^\n]*cannot write [^\n]*sandbox-fixture\.dev\.json: E/,
    );
    rmSync(folder);
    renameSync(`${folder}.aside`, folder);
    await converges();
  });

  it("a full disk stops the run before anything is changed; with room again the next run goes on", async function () {
    const folder = join(test().paths.state, "inventory");
    const saved = readFileSync(join(folder, "sandbox-fixture.dev.json"));
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { encoding: "utf8" });
    if (mounted.status !== 0) {
      console.log(`    skipped: a disk of 64 KiB cannot be mounted: ${mounted.stderr.trim() || String(mounted.error)}`);
      this.skip();
    }
    try {
      writeFileSync(join(folder, "sandbox-fixture.dev.json"), saved);
      assert.throws(() => {
        writeFileSync(join(folder, "ballast"), Buffer.alloc(128 * 1024));
      }, /ENOSPC/);
      assert.match(await failure("up", { replicas: 2 }), /^error: [^\n]*cannot write [^\n]*: ENOSPC/);
      assert.deepEqual(readFileSync(join(folder, "sandbox-fixture.dev.json")), saved);
      rmSync(join(folder, "ballast"));
      await converges();
    } finally {
      spawnSync("umount", [folder]);
    }
  });

  it("a namespace that is stuck in deletion is named with the reason; the next run goes on", async () => {
    await test().apply({ ...held, metadata: { ...held.metadata, finalizers: ["example.org/held"] } });
    const [child, end] = sandbox.start("destroy");
    await untilSays(child, /waiting for Namespace fixture: it is being deleted: .*example\.org\/held/);
    child.kill("SIGINT");
    assert.equal((await end).code, 130);
    await test().apply(held);
    // The namespace is still going: up waits for that and makes it again.
    await converges();
    assert.equal((await sandbox.run("destroy")).code, 0);
  });

  it("an API server that does not answer for a while is waited for", async () => {
    const end = upsetApiServer("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 8000));
    process.kill(apiServer(), "SIGCONT");
    const { code, stderr } = await end;
    assert.equal(code, 0, stderr);
    await converges();
    assert.equal((await sandbox.run("destroy")).code, 0);
  });

  it("an API server that is gone is named; the next run starts it and goes on", async () => {
    const run = await upsetApiServer("SIGKILL");
    assert.match(
      errorOf(run),
      /^error: [^\n]*(the API server at https:\/\/127\.0\.0\.1:17480 cannot be reached|cluster unreachable|connection refused)/,
    );
    await converges();
  });
});

function errorOf({ code, stderr }: SandboxRun): string {
  assert.equal(code, 1, stderr);
  const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
  assert.equal(errors.length, 1, stderr);
  return errors[0] ?? "";
}

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { clusterFolders } from "../../sandbox/cluster/config.ts";
import { clusterProcesses } from "../../sandbox/cluster/programs.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { eventually } from "../support/eventually.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { sandboxCommand, type SandboxRun, untilSays } from "../support/sandboxRun.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const namespaced = (apiVersion: string, kind: string, name: string): TestObject => ({
  ...{ apiVersion, kind, metadata: { name, namespace: "fixture" } },
});
const operator = namespaced("apps/v1", "Deployment", "widgets");
const widget = namespaced("fixture.example.org/v1", "Widget", "widget");
const held = namespaced("v1", "ConfigMap", "held");
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "fixture" } };
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
/** See the engine's test. */
const unchanged = { created: 0, updated: 0, deleted: 0, unchanged: 11, failed: 0 };

describe("faults", function () {
  this.timeout(180_000);
  const test = testCluster(17480);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");

  const converges = async (settings: Record<string, unknown> = {}) => {
    const { code, stderr } = await sandbox.run("up", settings);
    assert.equal(code, 0, stderr);
    assert.deepEqual((await sandbox.run("preview", settings)).counts, unchanged);
  };
  /** The one line of error that a failing run ends with. */
  const failure = async (verb: string, settings: Record<string, unknown> = {}) =>
    errorOf(await sandbox.run(verb, settings));
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
    await untilSays(child, /creating/);
    process.kill(apiServer(), signal);
    return { end };
  };

  it("a release that times out is named, with Helm's words; the next run installs it", async () => {
    const line = await failure("up", { operator: { ...first, ready: false }, timeoutSeconds: 4 });
    assert.match(line, /^error: kubernetes:helm.sh\/v3:Release widgets: .*(deadline exceeded|timed out)/);
    await converges();
  });

  it("an upgrade changes its release and passes the gate again; custom resources stay", async () => {
    const uid = (await test().get(widget))?.metadata.uid;
    const settings = { operator: second };
    const preview = await sandbox.run("preview", settings);
    assert.deepEqual(preview.counts, { ...unchanged, updated: 2, unchanged: 9 });
    assert.match(preview.stderr, /image: "example\.org\/operator:1" => "example\.org\/operator:2"/);
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
    assert.match(line, /^error: .*Patch widgets-gate: .*timed out waiting for the condition/);
    await converges();
  });

  it("a CRD that was removed behind our back is missed at the next up; helm brings the release's objects back", async () => {
    await test().client.delete(crd);
    assert.deepEqual((await sandbox.run("refresh")).counts, { ...unchanged, deleted: 1, unchanged: 10 });
    assert.match(await failure("up"), /^error: .*Widget widget: .*no matches for kind "Widget"/);
    const { helm } = await ensureTools(["helm"], test().paths, silentReport);
    const { kubeconfig } = test().cluster;
    execFileSync(helm, ["rollback", "widgets", "--namespace", "fixture", "--wait", "--kubeconfig", kubeconfig]);
    await converges();
    assert.ok(await test().get(widget));
  });

  it("a namespace that is stuck in deletion is said; once it is gone the next run goes on", async () => {
    await test().apply({ ...held, metadata: { ...held.metadata, finalizers: ["example.org/held"] } });
    const [child, end] = sandbox.start("destroy");
    await untilSays(child, /deleting kubernetes:core\/v1:Namespace fixture: .*/);
    child.kill("SIGINT");
    assert.equal((await end).code, 130);
    await test().apply(held);
    await eventually(async () => {
      assert.equal(await test().get(namespace), undefined);
    }, 60_000);
    // The state still has it: it was there when destroy was stopped.
    assert.equal((await sandbox.run("refresh")).code, 0);
    await converges();
    assert.equal((await sandbox.run("destroy")).code, 0);
  });

  it("an API server that does not answer for a while is waited for", async () => {
    const { end } = await upsetApiServer("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 8000));
    process.kill(apiServer(), "SIGCONT");
    const { code, stderr } = await end;
    assert.equal(code, 0, stderr);
    await converges();
    assert.equal((await sandbox.run("destroy")).code, 0);
  });

  it("an API server that is gone is named; the next run starts it and goes on", async () => {
    const run = await (await upsetApiServer("SIGKILL")).end;
    assert.equal(run.code, 1);
    assert.match(run.stderr, /^error: [^\n]*(connection refused|unreachable|EOF|reset by peer)/m);
    await converges();
  });
});

function errorOf({ code, stderr }: SandboxRun): string {
  assert.equal(code, 1, stderr);
  const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
  assert.equal(errors.length, 1, stderr);
  return errors[0] ?? "";
}

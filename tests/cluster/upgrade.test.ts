import assert from "node:assert/strict";
import { join } from "node:path";
import { sandboxCommand, type SandboxRun } from "../support/sandboxRun.ts";
import { writeSmallBundles } from "../support/smallBundle.ts";
import { testCluster } from "../support/testCluster.ts";

/** Two namespaces, releases, gates and custom resources, the provider and the stack itself. */
const RESOURCES = 10;

describe("an operator's upgrade, with two versions of a small release manifest", function () {
  this.timeout(120_000);
  const test = testCluster(17490);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/bundles", "bundles-fixture");
  let mirror: string;

  before(async () => {
    mirror = join(test().paths.state, "mirror");
    await writeSmallBundles(mirror, [
      { name: "one", version: "v1.0.0" },
      { name: "one", version: "v1.1.0" },
      { name: "one", version: "v2.0.0", podLabel: "another" },
      { name: "other", version: "v1.0.0" },
    ]);
  });

  const run = (verb: string, one: string): Promise<SandboxRun> =>
    sandbox.run(verb, {
      ...{ mirror, charts: join(test().paths.state, "charts") },
      versions: { one, other: "v1.0.0" },
    });
  const succeeds = async (verb: string, one: string) => {
    const ended = await run(verb, one);
    assert.equal(ended.code, 0, ended.stderr);
    return ended;
  };
  /** Names of the resources that a preview would change. */
  const changed = ({ stderr }: SandboxRun) =>
    [...stderr.matchAll(/^ *~ \S+:(\w+): \(update\)\n.*\n? *\[urn=\S+::(\S+)\]/gm)]
      .map(([, kind = "", name = ""]) => `${kind} ${name}`)
      .sort();
  /** Image of the operator, identity of its custom resource, and revisions of its release. */
  const stateOf = async (name: string) => {
    const metadata = { name, namespace: name };
    const deployment = (await test().get({ apiVersion: "apps/v1", kind: "Deployment", metadata })) as {
      spec?: { template: { spec: { containers: { image: string }[] } } };
    };
    const thing = await test().get({ apiVersion: `${name}.example.org/v1`, kind: "Thing", metadata });
    const revisions = await test().client.list("v1", "Secret", name, `owner=helm,name=${name}`);
    return {
      image: deployment.spec?.template.spec.containers[0]?.image,
      thing: thing?.metadata.uid,
      revisions: revisions.length,
    };
  };
  let first: Awaited<ReturnType<typeof stateOf>>;
  let other: Awaited<ReturnType<typeof stateOf>>;

  it("starts from both operators with a custom resource each", async () => {
    assert.equal((await succeeds("up", "v1.0.0")).counts.created, RESOURCES);
    [first, other] = [await stateOf("one"), await stateOf("other")];
    assert.deepEqual({ ...first, thing: "" }, { image: "example.org/one:v1.0.0", thing: "", revisions: 1 });
    assert.ok(first.thing !== undefined && other.thing !== undefined);
  });

  it("changes its release and passes its gate again; custom resources and the other operator stay", async () => {
    const preview = await succeeds("preview", "v1.1.0");
    assert.deepEqual(changed(preview), ["Release one", "ValidatingWebhookConfigurationPatch one"]);
    const { counts } = await succeeds("up", "v1.1.0");
    assert.deepEqual(counts, { created: 0, updated: 2, deleted: 0, unchanged: RESOURCES - 2, failed: 0 });
    assert.deepEqual(await stateOf("one"), { ...first, image: "example.org/one:v1.1.0", revisions: 2 });
    assert.deepEqual(await stateOf("other"), other);
  });

  it("that fails leaves the old version running and the other operator alone; the next run has nothing to do", async () => {
    const { code, stderr } = await run("up", "v2.0.0");
    assert.equal(code, 1);
    const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
    assert.equal(errors.length, 1, stderr);
    assert.match(errors[0] ?? "", /^error: kubernetes:helm\.sh\/v3:Release one: .*field is immutable/);
    const { image, thing } = await stateOf("one");
    assert.deepEqual({ image, thing }, { image: "example.org/one:v1.1.0", thing: first.thing });
    assert.deepEqual(await stateOf("other"), other);
    await succeeds("up", "v1.1.0");
    assert.equal((await succeeds("preview", "v1.1.0")).counts.unchanged, RESOURCES);
  });
});

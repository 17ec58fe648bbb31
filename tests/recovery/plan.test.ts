import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import type { PendingOperation } from "../../recovery/deployment.ts";
import { type RecordSecret, revisionsOf } from "../../recovery/helmRecords.ts";
import type { LiveObject } from "../../recovery/cluster.ts";
import { planRecovery } from "../../recovery/plan.ts";

const releaseUrn = "urn:pulumi:dev::p::kubernetes:helm.sh/v3:Release::widgets";
const mapUrn = "urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::map";
const release = {
  urn: releaseUrn,
  type: "kubernetes:helm.sh/v3:Release",
  inputs: { namespace: "ns", name: "widgets", chart: "./charts/widgets-1.0.0-abc", version: "1.0.0" },
};
const map = {
  urn: mapUrn,
  type: "kubernetes:core/v1:ConfigMap",
  inputs: { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "ns", name: "map" } },
};

function record(version: number, status: string, chart = "widgets"): RecordSecret {
  const text = { version, info: { status }, chart: { metadata: { name: chart, version: "1.0.0" } } };
  const release = Buffer.from(gzipSync(JSON.stringify(text)).toString("base64")).toString("base64");
  return { metadata: { name: `sh.helm.release.v1.widgets.v${version}` }, data: { release } };
}

function statusIn(patch: object | undefined): unknown {
  const { data } = patch as { data: { release: string } };
  const compressed = Buffer.from(Buffer.from(data.release, "base64").toString(), "base64");
  return (JSON.parse(gunzipSync(compressed).toString()) as { info: { status: string } }).info.status;
}

async function plan(operations: PendingOperation[], records: RecordSecret[], live?: LiveObject) {
  const resources = operations
    .filter(({ type }) => type !== "creating")
    .map(({ resource }) => ({ ...resource, id: "x" }));
  const releases = [{ namespace: "ns", name: "widgets", revisions: revisionsOf(records) }];
  const state = { version: 3, deployment: { resources, pending_operations: operations } };
  const made = await planRecovery(state, releases, { object: () => Promise.resolve(live) });
  assert.equal("pending_operations" in made.state.deployment, false);
  const records_ = made.records.map(({ secret, patch }) => [secret.at(-1), statusIn(patch)]);
  return { lines: made.lines, records: records_, resources: made.state.deployment.resources ?? [] };
}

describe("planRecovery", () => {
  it("does nothing where nothing is pending", async () => {
    assert.deepEqual(await plan([], []), { lines: [], records: [], resources: [] });
  });

  it("takes a release that was being installed into the state, to be finished or removed", async () => {
    const { lines, records, resources } = await plan(
      [{ type: "creating", resource: release }],
      [record(1, "pending-install")],
    );
    assert.equal(lines.length, 2);
    assert.deepEqual(records, [["1", "failed"]]);
    const [added] = resources;
    assert.deepEqual([added?.id, added?.outputs, added?.initErrors?.length], ["ns/widgets", release.inputs, 1]);
  });

  it("takes in a release that was installed and not written down", async () => {
    const { records, resources } = await plan([{ type: "creating", resource: release }], [record(1, "deployed")]);
    assert.deepEqual(records, []);
    assert.equal(resources[0]?.id, "ns/widgets");
  });

  it("leaves a release of another chart alone", async () => {
    const { lines, records, resources } = await plan(
      [{ type: "creating", resource: { ...release, inputs: { ...release.inputs, version: "2.0.0" } } }],
      [record(1, "pending-install", "others")],
    );
    assert.match(lines[0] ?? "", /left alone: it is of chart others 1\.0\.0/);
    assert.deepEqual([records, resources], [[], []]);
  });

  it("lets Helm know of what a broken-off upgrade has applied", async () => {
    const { lines, records, resources } = await plan(
      [{ type: "updating", resource: release }],
      [record(2, "pending-upgrade"), record(1, "deployed")],
    );
    assert.equal(lines.length, 1);
    assert.deepEqual(records, [
      ["2", "deployed"],
      ["1", "superseded"],
    ]);
    assert.equal(resources[0]?.initErrors?.length, 1);
  });

  it("takes a release out of the state that Helm has removed", async () => {
    const { resources } = await plan([{ type: "deleting", resource: release }], []);
    assert.deepEqual(resources, []);
    assert.equal(
      (await plan([{ type: "deleting", resource: release }], [record(1, "uninstalling")])).resources.length,
      1,
    );
  });

  it("takes an object in that was made, with the owner of its fields", async () => {
    const managedFields = [
      { manager: "kubectl", operation: "Apply" },
      { manager: "pulumi-kubernetes-1", operation: "Apply" },
    ];
    const { resources } = await plan([{ type: "creating", resource: map }], [], {
      metadata: { name: "map", managedFields },
    });
    const [{ id, outputs = {} } = { id: "none" }] = resources;
    assert.equal(id, "ns/map");
    assert.equal(outputs.__fieldManager, "pulumi-kubernetes-1");
    assert.deepEqual(outputs.__inputs, map.inputs);
  });

  it("forgets what was not made, and what is no object of the cluster", async () => {
    assert.deepEqual((await plan([{ type: "creating", resource: map }], [])).resources, []);
    const random = {
      urn: "urn:pulumi:dev::p::random:index/randomId:RandomId::r",
      type: "random:index/randomId:RandomId",
    };
    const { lines, resources } = await plan([{ type: "creating", resource: random }], []);
    assert.deepEqual(lines, ["random:index/randomId:RandomId r: forget that it was creating"]);
    assert.deepEqual(resources, []);
  });
});

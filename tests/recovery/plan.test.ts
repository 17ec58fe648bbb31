import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import type { PendingOperation, ResourceState } from "../../recovery/deployment.ts";
import { type RecordSecret, readRecords } from "../../recovery/helmRecords.ts";
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

const ours = "Pulumi stack p/dev";

function record(version: number, status: string, chart = "widgets", description = ours): RecordSecret {
  const text = { version, info: { status, description }, chart: { metadata: { name: chart, version: "1.0.0" } } };
  const release = Buffer.from(gzipSync(JSON.stringify(text)).toString("base64")).toString("base64");
  return { metadata: { name: `sh.helm.release.v1.widgets.v${version}` }, data: { release } };
}

function statusIn(patch: object | undefined): unknown {
  const { data } = patch as { data: { release: string } };
  const compressed = Buffer.from(Buffer.from(data.release, "base64").toString(), "base64");
  return (JSON.parse(gunzipSync(compressed).toString()) as { info: { status: string } }).info.status;
}

async function plan(operations: PendingOperation[], records: RecordSecret[], live?: LiveObject, has?: ResourceState[]) {
  const begun = operations.filter(({ type }) => type !== "creating");
  const resources = has ?? begun.map(({ resource }) => ({ ...resource, id: "x" }));
  const releases = [{ namespace: "ns", name: "widgets", ...readRecords(records) }];
  const state = { version: 3, deployment: { resources, pending_operations: operations } };
  const made = await planRecovery(state, ours, releases, { object: () => Promise.resolve(live) });
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

  it("leaves an installed release alone that does not say that it is of this stack", async () => {
    for (const status of ["deployed", "superseded"]) {
      const found = await plan(
        [{ type: "creating", resource: release }],
        [
          record(1, status, "widgets", "Install complete"),
          record(2, "pending-upgrade", "widgets", "Preparing upgrade"),
        ],
      );
      assert.deepEqual(found, {
        lines: ["release ns/widgets: left alone: it is installed, and nothing says that it is of this stack"],
        ...{ records: [], resources: [] },
      });
    }
  });

  it("leaves a release alone whose record cannot be read, and keeps it in the state", async () => {
    const unreadable = { metadata: { name: "theirs" }, data: { release: "?" } };
    for (const type of ["creating", "deleting"] as const) {
      const { lines, records, resources } = await plan([{ type, resource: release }], [unreadable]);
      assert.deepEqual(lines, ["release ns/widgets: left alone: Secret ns/theirs cannot be read"]);
      assert.deepEqual([records.length, resources.length], [0, type === "creating" ? 0 : 1]);
    }
  });

  it("says what it does in each case, so that the state is put right", async () => {
    for (const [type, status, line, errors] of [
      ["updating", "deployed", "the next up does it again", 1],
      ["updating", "failed", "the next up does it again", 1],
      ["deleting", "uninstalling", "forget that it was deleting", undefined],
      ["deleting", "deployed", "forget that it was deleting", undefined],
      ["reading", "deployed", "forget that it was reading", undefined],
    ] as const) {
      const { lines, resources } = await plan([{ type, resource: release }], [record(1, status)]);
      assert.deepEqual(lines, [`release ns/widgets: ${line}`]);
      assert.equal(resources[0]?.initErrors?.length, errors);
    }
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

  it("removes of a replacement only the old one, whose deletion was under way", async () => {
    const old = { ...map, id: "ns/map-1", delete: true };
    const made = { ...map, id: "ns/map-2" };
    const { resources } = await plan([{ type: "deleting", resource: old }], [], undefined, [made, old]);
    assert.deepEqual(resources, [made]);
  });

  it("keeps the old one of a replacement whose new one was made, to be deleted", async () => {
    const old = { ...map, id: "ns/map-1" };
    const { resources } = await plan([{ type: "creating", resource: map }], [], { metadata: { name: "map" } }, [old]);
    assert.deepEqual(
      resources.map(({ id, delete: isOld, initErrors }) => [id, isOld, initErrors?.length]),
      [
        ["ns/map-1", true, undefined],
        ["ns/map", undefined, 1],
      ],
    );
  });

  it("does not mark what the state has already as replaced: it would be deleted", async () => {
    const known = { ...map, id: "ns/map" };
    const { resources } = await plan([{ type: "creating", resource: map }], [], { metadata: { name: "map" } }, [known]);
    assert.deepEqual(
      resources.map(({ id, delete: isOld }) => [id, isOld]),
      [["ns/map", undefined]],
    );
  });

  it("takes in once what two runs were creating, one after the other", async () => {
    const creating = (resource: ResourceState) => [1, 2].map(() => ({ type: "creating" as const, resource }));
    const maps = await plan(creating(map), [], { metadata: { name: "map" } });
    const releases = await plan(creating(release), [record(1, "pending-install")]);
    for (const { resources } of [maps, releases]) {
      assert.deepEqual(
        resources.map(({ delete: isOld }) => isOld),
        [undefined],
      );
    }
    assert.equal(maps.lines.length, 1);
    assert.equal(releases.records.length, 1);
  });

  it("takes in what Helm knows of two versions that were being installed", async () => {
    const newer = { ...release, inputs: { ...release.inputs, version: "2.0.0" } };
    const creating = [newer, release].map((resource) => ({ type: "creating" as const, resource }));
    const { records, resources } = await plan(creating, [record(1, "pending-install")]);
    assert.deepEqual([records.length, resources.map(({ inputs }) => inputs?.["version"])], [1, ["1.0.0"]]);
  });

  it("never has the engine delete by its id what is taken in", async () => {
    const old = { ...map, id: "ns/map", delete: true };
    const { resources } = await plan([{ type: "creating", resource: map }], [], { metadata: { name: "map" } }, [old]);
    assert.deepEqual(
      resources.map(({ id, delete: isOld }) => [id, isOld]),
      [["ns/map", undefined]],
    );
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

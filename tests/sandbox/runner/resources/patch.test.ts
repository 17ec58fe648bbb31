import assert from "node:assert/strict";
import type { KubeObject } from "../../../../sandbox/kube/client.ts";
import { patchHandler, removePatch } from "../../../../sandbox/runner/resources/patch.ts";
import { fakeApi } from "../../../support/fakeApi.ts";
import { stepOf, worldOf } from "../../../support/steps.ts";

const path = "/api/v1/namespaces/ns";
const step = stepOf("kubernetes:core/v1:NamespacePatch", "patch", {
  ...{ apiVersion: "v1", kind: "Namespace", metadata: { name: "ns", annotations: { a: "1" } } },
});
const live = (managers: string[]): KubeObject => ({
  ...{ apiVersion: "v1", kind: "Namespace" },
  metadata: { name: "ns", uid: "u1", managedFields: managers.map((manager) => ({ manager })) },
});

describe("patchHandler", () => {
  it("never makes the object that it patches", async () => {
    const api = fakeApi();
    await assert.rejects(patchHandler.apply(step, worldOf(api)), {
      message: /^Namespace ns is not there: patching it/,
    });
    assert.equal(api.objects.size, 0);
    const { outcome, note } = await patchHandler.apply(step, worldOf(api, { dryRun: true }));
    assert.deepEqual([outcome, note], ["created", "not checked by the server: Namespace ns is not there yet"]);
  });

  it("applies its fields under a name of its own, to that very object", async () => {
    const api = fakeApi();
    api.objects.set(path, live([]));
    const { outcome } = await patchHandler.apply(step, worldOf(api));
    assert.equal(outcome, "created");
    const request = api.requests.find(({ method }) => method === "PATCH");
    assert.match(request?.path ?? "", /fieldManager=fluffy-sandbox-patch&/);
    assert.deepEqual((request?.body as KubeObject).metadata, { name: "ns", uid: "u1", annotations: { a: "1" } });
  });

  it("is undone by giving up its fields, and only where it has some", async () => {
    const api = fakeApi();
    const object = { apiVersion: "v1", kind: "Namespace", name: "ns" };
    const identity = { is: "patch", object, manager: "fluffy-sandbox-patch" } as const;
    await removePatch(api.client, identity);
    api.objects.set(path, live(["another"]));
    await removePatch(api.client, identity);
    assert.ok(api.requests.every(({ method }) => method === "GET"));
    api.objects.set(path, live(["fluffy-sandbox-patch"]));
    await removePatch(api.client, identity);
    const [request] = api.requests.filter(({ method }) => method === "PATCH");
    assert.deepEqual(request?.body, { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns", uid: "u1" } });
  });
});

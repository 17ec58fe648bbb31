import assert from "node:assert/strict";
import type { KubeObject } from "../../../sandbox/kube/client.ts";
import { untilGone, untilReady } from "../../../sandbox/kube/settle.ts";
import { fakeApi } from "../../support/fakeApi.ts";

const path = "/apis/apps/v1/namespaces/ns/deployments/api";
const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "ns", name: "api" };
const deployment = (availableReplicas: number, annotations: Record<string, string> = {}): KubeObject => ({
  ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "api", namespace: "ns", uid: "1", annotations } },
  status: { updatedReplicas: 1, availableReplicas },
});

function waiting() {
  const updates: string[] = [];
  const nothing = () => undefined;
  const controller = new AbortController();
  const activity = { update: (detail: string) => updates.push(detail), done: nothing, fail: nothing };
  return { updates, controller, on: { activity, signal: controller.signal } };
}

describe("untilReady", () => {
  it("asks for nothing when the object is ready as it was applied", async () => {
    const { client, requests } = fakeApi();
    await untilReady(client, ref, deployment(1), waiting().on);
    assert.deepEqual(requests, []);
  });

  it("says what it waits for, and gives the object as it then is", async () => {
    const { client, objects } = fakeApi();
    objects.set(path, deployment(0));
    setTimeout(() => objects.set(path, deployment(1)), 60);
    const { updates, on } = waiting();
    const ready = await untilReady(client, ref, deployment(0), on);
    assert.deepEqual(ready.status, { updatedReplicas: 1, availableReplicas: 1 });
    assert.equal(updates[0], "waiting for Deployment ns/api: 0 of 1 pods are ready");
  });

  it("fails in time, with the object, what was seen last, and the program's hint", async () => {
    const { client, objects } = fakeApi();
    objects.set(path, deployment(0));
    const applied = deployment(0, {
      "pulumi.com/timeoutSeconds": "0.05",
      "fluffy-observability/wait-hint": "waits for me",
    });
    await assert.rejects(untilReady(client, ref, applied, waiting().on), {
      message: "Deployment ns/api was not ready within 0.05 s: 0 of 1 pods are ready; it waits for me",
    });
  });

  it("ends when the user asks to stop", async () => {
    const { client, objects } = fakeApi();
    objects.set(path, deployment(0));
    const { on, controller } = waiting();
    controller.abort();
    await assert.rejects(untilReady(client, ref, deployment(0), on), { name: "Interrupted" });
  });
});

describe("untilGone", () => {
  it("waits until the object is gone, and says what holds it", async () => {
    const { client, objects } = fakeApi();
    const object = deployment(1);
    object.metadata.finalizers = ["foregroundDeletion", "example.org/held"];
    objects.set(path, object);
    setTimeout(() => objects.delete(path), 60);
    const { updates, on } = waiting();
    await untilGone(client, ref, "1", on);
    assert.equal(updates[0], "waiting for Deployment ns/api: it is being deleted, held by finalizer example.org/held");
  });

  it("takes an object of the same name that came after for another one", async () => {
    const { client, objects } = fakeApi();
    objects.set(path, deployment(1));
    await untilGone(client, ref, "the former one's", waiting().on);
  });
});

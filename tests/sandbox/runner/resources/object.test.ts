import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ApiError, UnknownKindError } from "../../../../sandbox/kube/apiError.ts";
import { notThereYet, objectHandler, readObject, refOf } from "../../../../sandbox/runner/resources/object.ts";
import { fakeApi } from "../../../support/fakeApi.ts";
import { stepOf, worldOf } from "../../../support/steps.ts";

const path = "/api/v1/namespaces/ns/secrets/login";
const inputs = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { namespace: "ns", name: "login" },
  data: { user: "bWU=" },
};
const step = stepOf("kubernetes:core/v1:Secret", "login", inputs);

describe("objectHandler", () => {
  it("creates, then has nothing to do, then updates", async () => {
    const api = fakeApi();
    const created = await objectHandler.apply(step, worldOf(api));
    assert.deepEqual([created.outcome, created.id], ["created", "ns/login"]);
    assert.equal((await objectHandler.apply(step, worldOf(api))).outcome, "unchanged");
    const changed = stepOf(step.type, step.name, { ...inputs, data: { user: "eW91" } });
    const updated = await objectHandler.apply(changed, worldOf(api));
    assert.equal(updated.outcome, "updated");
    assert.deepEqual(updated.changes, [{ path: "data.user", old: "[secret]", new: "[secret]" }]);
    assert.deepEqual(api.objects.get(path)?.data, { user: "eW91" });
  });

  it("gives a Secret's values as secrets", async () => {
    const { outputs } = await objectHandler.apply(step, worldOf(fakeApi()));
    assert.equal(await pulumi.isSecret(pulumi.output(outputs.data)), true);
  });

  it("changes nothing in a dry run", async () => {
    const api = fakeApi();
    const { outcome } = await objectHandler.apply(step, worldOf(api, { dryRun: true }));
    assert.equal(outcome, "created");
    assert.equal(api.objects.size, 0);
  });

  it("previews what depends on values that are not known yet without asking the server", async () => {
    const unknown = stepOf(step.type, step.name, inputs, { hasUnknown: true });
    const { outcome, note } = await objectHandler.apply(unknown, worldOf(fakeApi(), { dryRun: true }));
    assert.deepEqual([outcome, note], ["created", "some values are known only after up"]);
  });

  it("previews an object of a kind that is still to come, and does not create one", async () => {
    const widget = stepOf("kubernetes:example.org/v1:Widget", "w", { apiVersion: "example.org/v1", kind: "Widget" });
    const { note } = await objectHandler.apply(widget, worldOf(fakeApi(), { dryRun: true }));
    assert.equal(note, "not checked by the server: kind Widget is not there yet");
  });
});

describe("notThereYet", () => {
  const ref = { apiVersion: "v1", kind: "Secret", namespace: "ns", name: "a" };

  it("is a missing namespace or kind, and nothing else", () => {
    const missing = new ApiError(404, '{"details":{"kind":"namespaces","name":"ns"}}');
    assert.equal(notThereYet(missing, ref), "namespace ns is not there yet");
    assert.equal(notThereYet(new UnknownKindError("v1", "Secret"), ref), "kind Secret is not there yet");
    assert.equal(notThereYet(new ApiError(404, "{}"), ref), undefined);
    assert.equal(notThereYet(new ApiError(422, '{"details":{"kind":"namespaces"}}'), ref), undefined);
  });
});

describe("refOf", () => {
  it("takes the resource's name for an object without one", () => {
    const nameless = stepOf("kubernetes:core/v1:Namespace", "team", { apiVersion: "v1", kind: "Namespace" });
    assert.deepEqual(refOf(nameless), { apiVersion: "v1", kind: "Namespace", name: "team" });
  });
});

describe("readObject", () => {
  const read = stepOf("kubernetes:core/v1:Secret", "theirs", {}, { id: "ns/login" });

  it("reads what somebody else made", async () => {
    const api = fakeApi();
    await objectHandler.apply(step, worldOf(api));
    const { outcome, id } = await readObject(read, worldOf(api));
    assert.deepEqual([outcome, id], ["read", "ns/login"]);
  });

  it("says that it is not there", async () => {
    await assert.rejects(readObject(read, worldOf(fakeApi())), { message: "Secret ns/login is not there" });
  });
});

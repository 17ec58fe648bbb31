import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { keepSecretOutputs, showOutputs } from "../../../sandbox/runner/outputs.ts";
import { readSecretOutputs } from "../../../sandbox/runner/secretOutputs.ts";
import { fakeApi } from "../../support/fakeApi.ts";

const marked = (value: unknown) => ({ [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value });
const outputs = { url: "http://a", login: { user: "me", password: marked("s3cret") } };

describe("outputs", () => {
  it("are shown without secrets unless asked for", () => {
    assert.deepEqual(showOutputs(outputs, false), { url: "http://a", login: { user: "me", password: "[secret]" } });
    assert.deepEqual(showOutputs(outputs, true), { url: "http://a", login: { user: "me", password: "s3cret" } });
  });

  it("that hold a secret are kept in the cluster, by stack", async () => {
    const { client, objects } = fakeApi();
    await keepSecretOutputs(client, "p.dev", outputs);
    assert.ok(objects.has("/api/v1/namespaces/kube-system/secrets/fluffy-sandbox.p.dev.outputs"));
    assert.deepEqual(await readSecretOutputs(client, "p", "dev"), { login: { user: "me", password: "s3cret" } });
    assert.deepEqual(await readSecretOutputs(client, "p", "prod"), {});
  });

  it("that are secret no more are not kept any longer", async () => {
    const { client, objects } = fakeApi();
    await keepSecretOutputs(client, "p.dev", outputs);
    await keepSecretOutputs(client, "p.dev", { url: "http://a" });
    assert.deepEqual([...objects.keys()], []);
  });
});

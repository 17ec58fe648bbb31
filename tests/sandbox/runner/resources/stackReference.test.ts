import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { keepSecretOutputs } from "../../../../sandbox/runner/outputs.ts";
import { stackReferenceHandler } from "../../../../sandbox/runner/resources/stackReference.ts";
import { fakeApi } from "../../../support/fakeApi.ts";
import { stepOf, worldOf } from "../../../support/steps.ts";

const type = "pulumi:pulumi:StackReference";
const step = (id: string) => stepOf(type, "platform", { name: id }, { id });

describe("stackReferenceHandler", () => {
  it("gives the other stack's saved outputs, and its secrets from the cluster", async () => {
    const api = fakeApi();
    const marked = { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value: "s3cret" };
    await keepSecretOutputs(api.client, "platform.dev", { url: "http://a", password: marked });
    const asked: string[] = [];
    const outputsOf = (project: string, stack: string) => {
      asked.push(`${project}/${stack}`);
      return { url: "http://a", password: "[secret]" };
    };
    const result = await stackReferenceHandler.apply(step("organization/platform/dev"), worldOf(api, { outputsOf }));
    const outputs = result.outputs.outputs as Record<string, unknown>;
    assert.deepEqual(
      [asked, outputs.url, result.outputs.secretOutputNames],
      [["platform/dev"], "http://a", ["password"]],
    );
    assert.equal(await pulumi.isSecret(pulumi.output(outputs.password)), true);
  });

  it("says what is wrong with a reference that leads nowhere", async () => {
    const world = worldOf(fakeApi());
    await assert.rejects(stackReferenceHandler.apply(step("dev"), world), {
      message: /must be organization\/project\/stack/,
    });
    await assert.rejects(stackReferenceHandler.apply(step("o/platform/dev"), world), {
      ...{ name: "UserError", message: /^stack platform\/dev has no outputs in this sandbox: run / },
    });
  });
});

import assert from "node:assert/strict";
import { load } from "js-yaml";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import { policies } from "../../policy/policies.ts";
import { readProjectFile } from "../support/markdown.ts";
import { soundContainer } from "../support/soundContainer.ts";
import { startedPack } from "./startedPack.ts";

const { MANDATORY } = messages.EnforcementLevel;

describe("the policy pack, started as the Pulumi CLI does", () => {
  const pack = startedPack();

  function deployment(image: string): object {
    return { kind: "Deployment", spec: { template: { spec: { containers: [soundContainer(image)] } } } };
  }

  it("is described without options, which would go to the pack and change nothing", () => {
    const { runtime, main } = load(readProjectFile("policy/PulumiPolicy.yaml")) as Record<string, unknown>;
    assert.deepEqual({ runtime, main }, { runtime: "nodejs", main: undefined });
  });

  it("says what it holds", async () => {
    const { name, version, policiesList } = await pack.info();
    assert.equal(name, "fluffy-observability");
    assert.equal(version, (JSON.parse(readProjectFile("policy/package.json")) as { version: string }).version);
    assert.deepEqual(
      policiesList.map(({ name, enforcementlevel }) => [name, enforcementlevel]),
      policies.map(({ name }) => [name, MANDATORY]),
    );
  });

  it("refuses a bad Deployment", async () => {
    const found = await pack.analyze("kubernetes:apps/v1:Deployment", deployment("api:latest"));
    assert.deepEqual(
      found.map(({ policyname, message, enforcementlevel }) => [policyname, message.split("\n")[1], enforcementlevel]),
      [["images-are-pinned", "image api:latest has no fixed tag or digest", MANDATORY]],
    );
  });

  it("has nothing to say about a good one", async () => {
    assert.deepEqual(await pack.analyze("kubernetes:apps/v1:Deployment", deployment("api:1.0.0")), []);
  });
});

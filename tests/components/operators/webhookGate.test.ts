import assert from "node:assert/strict";
import { gateMetadata, webhookGate } from "../../../components/operators/webhookGate.ts";
import { registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const chart = {
  ...wrappedChart("operator"),
  mutatingWebhookConfigurations: ["m1", "m2"],
  validatingWebhookConfigurations: ["v1"],
};

describe("webhookGate", () => {
  it("patches every webhook configuration of the manifest, and no other", async () => {
    const run = await registering(() => webhookGate(chart, {}));
    const patches = run.registered.filter(({ custom }) => custom);
    assert.deepEqual(patches.map(({ label }) => label).sort(), [
      "MutatingWebhookConfigurationPatch m1",
      "MutatingWebhookConfigurationPatch m2",
      "ValidatingWebhookConfigurationPatch v1",
    ]);
    // A patch owns its annotations and nothing else: labels or webhooks of it would be taken from the operator.
    for (const { name, inputs } of patches) {
      const { metadata, ...others } = inputs as { metadata: { name: string } };
      assert.deepEqual(Object.keys(others).sort(), ["apiVersion", "kind"]);
      assert.deepEqual(Object.keys(metadata).sort(), ["annotations", "name"]);
      assert.equal(metadata.name, name);
    }
  });
});

describe("gateMetadata", () => {
  const { annotations } = gateMetadata("m1", chart);

  it("waits until a CA is there, for a while, on the object that it has patched", () => {
    assert.deepEqual(JSON.parse(annotations["pulumi.com/waitFor"] ?? ""), [
      "jsonpath={.webhooks[*].clientConfig.caBundle}",
      `jsonpath={.metadata.annotations["fluffy-observability/gate"]}=operator-${chart.version}`,
    ]);
    assert.ok(Number(annotations["pulumi.com/timeoutSeconds"]) >= 60);
  });

  it("takes the annotations over from a run that was broken off", () => {
    assert.equal(annotations["pulumi.com/patchForce"], "true");
  });

  it("changes with the release: an upgrade waits again", () => {
    const upgraded = gateMetadata("m1", { ...chart, version: "v1.1.0" });
    assert.notDeepEqual(upgraded.annotations, annotations);
  });

  it("says what to look at when it does not open", () => {
    assert.match(
      annotations["fluffy-observability/wait-hint"] ?? "",
      /kubectl get certificates .*cert-manager-cainjector/,
    );
  });
});

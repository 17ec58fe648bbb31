import assert from "node:assert/strict";
import { previewChanges } from "./previewChanges.ts";

const urn = (stack: string) => `[urn=urn:pulumi:dev::project::${stack}]`;
const printed = `Previewing update (dev):
  pulumi:pulumi:Stack: (same)
    ${urn("pulumi:pulumi:Stack::project-dev")}
    + fluffy-observability:platform:Platform: (create)
        ${urn("fluffy-observability:platform:Platform::platform")}
    + kubernetes:core/v1:Namespace: (create)
        ${urn("kubernetes:core/v1:Namespace::one")}
        apiVersion: "v1"
    ~ kubernetes:apps/v1:Deployment: (update)
        [id=one/api]
        ${urn("parent$kubernetes:apps/v1:Deployment::api")}
      ~ spec: {
    +-kubernetes:core/v1:Secret: (replace)
        [id=one/login]
        ${urn("kubernetes:core/v1:Secret::login")}
    - random:index/randomPassword:RandomPassword: (delete)
        [id=none]
        ${urn("random:index/randomPassword:RandomPassword::old")}
    ~ kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfigurationPatch: (update)
        [id=gate]
        ${urn("kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfigurationPatch::gate")}
`;

describe("the changes of a preview", () => {
  it("are those of objects, by what becomes of them", () => {
    assert.deepEqual(previewChanges(printed), {
      create: ["Namespace one"],
      update: ["Deployment api"],
      replace: ["Secret login"],
      delete: ["RandomPassword old"],
    });
  });

  it("are none where nothing changes", () => {
    assert.deepEqual(previewChanges("Previewing update (dev):\nResources:\n    12 unchanged\n"), {
      ...{ create: [], update: [], replace: [], delete: [] },
    });
  });
});

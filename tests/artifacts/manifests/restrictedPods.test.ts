import assert from "node:assert/strict";
import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { updateAt, valuesAt } from "../../../artifacts/manifests/objectPath.ts";
import { withoutRights } from "../../../artifacts/manifests/restrictedPods.ts";

const own = { allowPrivilegeEscalation: true, capabilities: { add: ["NET_ADMIN"] }, runAsUser: 1 };
const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "x" },
  spec: {
    template: {
      spec: { containers: [{ name: "a" }, { name: "b", securityContext: own }], initContainers: [{ name: "c" }] },
    },
  },
};
const contexts = (object: unknown, ...path: string[]) =>
  valuesAt(object, ["spec", "template", "spec", ...path, "securityContext"]);

describe("withoutRights", () => {
  it("gives containers that say nothing of it no rights, and leaves those that do", () => {
    const none = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    const restricted = withoutRights(deployment);
    assert.deepEqual(contexts(restricted, "containers", "*"), [none, { ...none, ...own }]);
    assert.deepEqual(contexts(restricted, "initContainers", "*"), [none]);
  });

  it("gives pods a user other than root and a seccomp profile, and leaves what they say", () => {
    const none = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
    assert.deepEqual(contexts(withoutRights(deployment)), [none]);
    const said = updateAt(deployment, ["spec", "template", "spec"], (spec) => ({
      ...(spec as object),
      securityContext: { runAsNonRoot: false },
    }));
    assert.deepEqual(contexts(withoutRights(said as ManifestObject)), [{ ...none, runAsNonRoot: false }]);
  });

  it("leaves what makes no pods", () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "x" }, spec: { containers: [{}] } };
    assert.equal(withoutRights(service), service);
  });
});

import assert from "node:assert/strict";
import { admissionPolicySpec } from "../../../components/tenancy/admissionPolicy.ts";

const policy = {
  kinds: [{ apiGroup: "example.org", resources: ["widgets"] }],
  conditions: [{ name: "red", expression: "object.spec.red" }],
  validations: [{ expression: "false", message: "no widgets" }],
};

describe("admissionPolicySpec", () => {
  const spec = admissionPolicySpec(policy, ["observability", "ingress"]);

  it("binds every namespace that is not trusted, and refuses where it cannot be asked", () => {
    assert.deepEqual(spec.matchConstraints.namespaceSelector.matchExpressions, [
      { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["observability", "ingress"] },
    ]);
    assert.equal(spec.failurePolicy, "Fail");
  });

  it("looks at the kinds in all their versions, without their status", () => {
    assert.deepEqual(spec.matchConstraints.resourceRules, [
      { apiGroups: ["example.org"], apiVersions: ["*"], operations: ["CREATE", "UPDATE"], resources: ["widgets"] },
    ]);
  });

  it("leaves alone what only changes outside its spec", () => {
    assert.deepEqual(
      spec.matchConditions.map(({ name }) => name),
      ["spec-is-new", "red"],
    );
  });

  it("says why, as a refusal", () => {
    assert.deepEqual(spec.validations, [{ expression: "false", message: "no widgets", reason: "Forbidden" }]);
  });
});

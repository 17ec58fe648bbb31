import assert from "node:assert/strict";
import { find, programRun } from "../../../review/program/runs.ts";

describe("ingressRights", () => {
  it("lets Prometheus find the Ingresses of trusted namespaces, and of no other", async () => {
    const run = await programRun({ tenancy: '{"trustedNamespaces":["edge"]}' });
    for (const namespace of ["observability", "edge"]) {
      const { rules } = find(run, "Role", `${namespace}-prometheus-ingresses`).inputs;
      assert.deepEqual(rules, [
        { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] },
      ]);
      const { metadata, subjects, roleRef } = find(run, "RoleBinding", `${namespace}-prometheus-ingresses`).inputs as {
        metadata: { name: string; namespace: string };
        subjects: unknown;
        roleRef: { kind: string; name: string };
      };
      assert.deepEqual([metadata.namespace, roleRef.kind, roleRef.name], [namespace, "Role", "prometheus-ingresses"]);
      assert.deepEqual(subjects, [{ kind: "ServiceAccount", name: "prometheus", namespace: "observability" }]);
    }
    const roles = run.registered.filter(({ inputs }) => JSON.stringify(inputs["rules"] ?? "").includes("ingresses"));
    assert.equal(roles.length, 2);
  });
});

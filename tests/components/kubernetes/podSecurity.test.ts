import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { podSecurity, podSecurityLabels, podSecurityVersion } from "../../../components/kubernetes/podSecurity.ts";
import { readGoModule } from "../../../sandbox/programs/goModule.ts";

describe("podSecurity", () => {
  it("is what Pod Security's level restricted wants, for the given user", () => {
    const seccompProfile = { type: "RuntimeDefault" };
    assert.deepEqual(podSecurity(1000), { runAsNonRoot: true, runAsUser: 1000, seccompProfile });
  });
});

describe("podSecurityLabels", () => {
  it("enforce a level with the rules of the Kubernetes of the tests", () => {
    const labels = podSecurityLabels("baseline");
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "baseline");
    assert.deepEqual(Object.keys(labels).length, 6);
    assert.equal(labels["pod-security.kubernetes.io/enforce-version"], podSecurityVersion);
    const module = join(resolve(import.meta.dirname, "../../.."), "tools/sandbox");
    const kubernetes = readGoModule(module).requires.get("k8s.io/kubernetes") ?? "";
    assert.equal(podSecurityVersion, kubernetes.replace(/\.\d+$/, ""));
  });
});

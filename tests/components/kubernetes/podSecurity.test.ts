import assert from "node:assert/strict";
import { resolve } from "node:path";
import { podSecurity, podSecurityLabels, podSecurityVersion } from "../../../components/kubernetes/podSecurity.ts";
import { toolVersion } from "../../../sandbox/programs/build.ts";

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
    const kubernetes = toolVersion("kube-apiserver", resolve(import.meta.dirname, "../../.."));
    assert.equal(podSecurityVersion, kubernetes.replace(/\.\d+$/, ""));
  });
});

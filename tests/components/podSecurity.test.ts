import assert from "node:assert/strict";
import { podSecurity } from "../../components/podSecurity.ts";

describe("podSecurity", () => {
  it("is what Pod Security's level restricted wants, for the given user", () => {
    const seccompProfile = { type: "RuntimeDefault" };
    assert.deepEqual(podSecurity(1000), { runAsNonRoot: true, runAsUser: 1000, seccompProfile });
  });
});

import assert from "node:assert/strict";
import { describeRef } from "../../../sandbox/runner/identity.ts";

describe("describeRef", () => {
  it("is the name as people write it", () => {
    assert.equal(describeRef({ apiVersion: "v1", kind: "Secret", namespace: "ns", name: "a" }), "Secret ns/a");
    assert.equal(describeRef({ apiVersion: "v1", kind: "Namespace", name: "ns" }), "Namespace ns");
  });
});

import assert from "node:assert/strict";
import { nameOf } from "../../recovery/deployment.ts";

describe("nameOf", () => {
  it("is the type without its parents', and the name", () => {
    const urn = "urn:pulumi:dev::p::p:index:Team$kubernetes:core/v1:Namespace::a::b";
    assert.equal(nameOf(urn), "kubernetes:core/v1:Namespace a::b");
  });
});

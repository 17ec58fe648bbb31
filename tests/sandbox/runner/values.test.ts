import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { plainInputs, plainOutputs } from "../../../sandbox/runner/values.ts";

const marked = (value: unknown) => ({ [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value });

describe("plainInputs", () => {
  it("takes the marks off and remembers which inputs are secret", () => {
    const { values, secret, hasUnknown } = plainInputs({ a: marked({ b: 1 }), c: "x" });
    assert.deepEqual(values, { a: { b: 1 }, c: "x" });
    assert.deepEqual([...secret], ["a"]);
    assert.equal(hasUnknown, false);
  });

  it("finds what is not known yet, also inside a secret", () => {
    assert.equal(plainInputs({ a: { b: [pulumi.unknown] } }).hasUnknown, true);
    assert.equal(plainInputs({ a: marked({ b: pulumi.unknown }) }).hasUnknown, true);
  });
});

describe("plainOutputs", () => {
  const outputs = {
    login: { user: "me", password: marked("s3cret") },
    list: [marked("s3cret")],
    later: pulumi.runtime.unknownValue,
  };

  it("redacts secrets wherever they are", () => {
    assert.deepEqual(plainOutputs(outputs, false), {
      login: { user: "me", password: "[secret]" },
      list: ["[secret]"],
      later: "[known after up]",
    });
  });

  it("shows them when asked to", () => {
    const shown = plainOutputs(outputs, true) as { login: unknown };
    assert.deepEqual(shown.login, { user: "me", password: "s3cret" });
  });
});

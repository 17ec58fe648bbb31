import assert from "node:assert/strict";
import { isSecret, redact } from "../../../review/golden/redact.ts";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("redact", () => {
  it("leaves everything else as it is", () => {
    const value = { text: "a", list: [1, true, null], object: { empty: {} } };
    assert.deepEqual(redact(value), value);
  });

  it("masks a secret anywhere", () => {
    assert.deepEqual(redact({ a: [{ b: secret("hunter2") }] }), { a: [{ b: "[secret]" }] });
  });

  it("masks every value of a secret object and keeps its keys", () => {
    assert.deepEqual(redact({ stringData: secret({ user: "admin", more: { pin: 1, codes: ["x"] } }) }), {
      stringData: { user: "[secret]", more: { pin: "[secret]", codes: ["[secret]"] } },
    });
  });

  it("masks an empty secret too: that it is empty tells something", () => {
    assert.deepEqual([redact(secret("")), redact(secret(null))], ["[secret]", "[secret]"]);
  });
});

describe("isSecret", () => {
  it("knows secrets from other wrapped values", () => {
    const output = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "a" };
    assert.deepEqual([secret("a"), output, { value: "a" }, "a", null].map(isSecret), [
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

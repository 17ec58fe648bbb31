import assert from "node:assert/strict";
import { pythonName } from "../../../scripts/injectionCheck/pythonName.ts";

describe("pythonName", () => {
  it("makes the spellings of a name the same", () => {
    for (const name of ["Typing_Extensions", "typing.extensions", "typing-._extensions", "typing-extensions"]) {
      assert.equal(pythonName(name), "typing-extensions");
    }
  });
});

import assert from "node:assert/strict";
import { allowsTooOldPython } from "../../../scripts/injectionCheck/pythonVersions.ts";

describe("allowsTooOldPython", () => {
  it("finds a Python below 3.10 in a range of PEP 440 or of Poetry", () => {
    for (const range of [
      "",
      "*",
      ">=3.9",
      ">=3.8, <4.0",
      ">= 3.8,<3.9",
      "==3.9.*",
      "~=3.9",
      "<3.10",
      ">=2.7,!=3.0.*",
    ]) {
      assert.ok(allowsTooOldPython(range), range);
    }
    for (const range of ["^3.9", "~3.8", "^3.8 || ^3.11", ">=3.9 <3.12", "3.9.99"]) {
      assert.ok(allowsTooOldPython(range), range);
    }
  });

  it("finds none in others", () => {
    for (const range of [
      ">=3.10",
      ">3.9,>=3.10",
      "==3.12.*",
      "~=3.10",
      "^3.10",
      "~3.11",
      "^3.10 || ^3.11",
      ">=3.10 <4",
      "3.12",
    ]) {
      assert.ok(!allowsTooOldPython(range), range);
    }
  });
});

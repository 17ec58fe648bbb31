import assert from "node:assert/strict";
import { type Library, withoutInstrumentation } from "../../../scripts/injectionCheck/library.ts";

describe("withoutInstrumentation", () => {
  it("names the application's own packages that no instrumentation takes, each once", () => {
    const packages = ["flask", "b", "a", "a", "inside"].map((name) => ({ name, direct: name !== "inside" }));
    const flask: Library = {
      name: "flask",
      version: "0.1",
      range: undefined,
      marker: undefined,
      instrumentations: ["flask"],
      supported: ">=1",
      outcome: "outside the range",
      through: [],
    };
    assert.deepEqual(withoutInstrumentation(packages, [flask]), ["a", "b"]);
  });
});

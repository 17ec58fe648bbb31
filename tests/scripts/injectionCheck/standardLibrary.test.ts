import assert from "node:assert/strict";
import { hidesStandardLibrary } from "../../../scripts/injectionCheck/standardLibrary.ts";

describe("hidesStandardLibrary", () => {
  it("finds backports of modules that Python has itself", () => {
    const packages = ["flask", "enum34", "futures", "typing-extensions", "configparser", "typing"].map((name) => ({
      name,
      direct: true,
    }));
    const found = hidesStandardLibrary(packages).map(({ own, module }) => [own.name, module]);
    assert.deepEqual(found, [
      ["enum34", "enum"],
      ["futures", "concurrent"],
      ["typing", "typing"],
    ]);
  });
});

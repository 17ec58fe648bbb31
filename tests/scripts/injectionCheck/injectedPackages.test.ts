import assert from "node:assert/strict";
import { versions } from "../../../catalog/versions.ts";
import { injectedPackages } from "../../../scripts/injectionCheck/injectedPackages.ts";

describe("injectedPackages", () => {
  it("reads what the operator's image holds", () => {
    const packages = injectedPackages();
    assert.equal(packages.get("opentelemetry-distro"), versions.pythonAutoInstrumentation);
    for (const name of ["requests", "urllib3", "protobuf", "typing-extensions", "wrapt"]) {
      assert.match(packages.get(name) ?? "", /^\d+\.\d+/, name);
    }
  });
});

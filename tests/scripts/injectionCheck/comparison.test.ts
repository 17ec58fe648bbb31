import assert from "node:assert/strict";
import type { AppPackage } from "../../../scripts/injectionCheck/application.ts";
import { comparePackages } from "../../../scripts/injectionCheck/comparison.ts";

const injected = new Map([
  ["requests", "2.34.2"],
  ["opentelemetry-distro", "0.64b0"],
]);

function outcome(own: Omit<AppPackage, "direct" | "name">, name = "requests") {
  return comparePackages([{ name, direct: true, ...own }], injected).map((compared) => compared.outcome)[0];
}

describe("comparePackages", () => {
  it("compares versions as PEP 440 does", () => {
    assert.equal(outcome({ version: "2.34.2" }), "kept");
    assert.equal(outcome({ version: "v2.34.2.0" }), "kept");
    for (const version of ["2.31.0", "2.34.2+local", "2.34.2rc1", "1!2.34.2", "2.34.2.post1", "2004d"]) {
      assert.equal(outcome({ version }), "replaced", version);
    }
  });

  it("says whether the injected version is in a range", () => {
    for (const range of ["", ">=2,<3", "==2.*", "~=2.30", "!=2.33.0"]) {
      assert.equal(outcome({ range }), "in range", range);
    }
    for (const range of ["<2.34", "==2.31.*", ">=2,!=2.34.*", "~=2.33.0", ">=1!1"]) {
      assert.equal(outcome({ range }), "outside the range", range);
    }
    assert.equal(outcome({}), "unknown");
  });

  it("takes a pre-release for what is in a range", () => {
    assert.equal(outcome({ range: ">=0.40" }, "opentelemetry-distro"), "in range");
  });

  it("gives what was, what comes and the marker, in alphabetical order", () => {
    const packages: AppPackage[] = [
      { name: "requests", version: "2.31.0", marker: "extra == 'x'", direct: true },
      { name: "flask", version: "3.0.0", direct: true },
      { name: "opentelemetry-distro", range: "<1", direct: true },
    ];
    assert.deepEqual(comparePackages(packages, injected), [
      { name: "opentelemetry-distro", from: "<1", to: "0.64b0", marker: undefined, outcome: "in range" },
      { name: "requests", from: "2.31.0", to: "2.34.2", marker: "extra == 'x'", outcome: "replaced" },
    ]);
  });
});

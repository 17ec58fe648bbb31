import assert from "node:assert/strict";
import { readReleaseInputs } from "../../../review/render/releaseInputs.ts";

describe("readReleaseInputs", () => {
  it("has the provider's defaults", () => {
    assert.deepEqual(readReleaseInputs({ chart: "./c", compat: "true" }, "resource"), {
      ...{ chart: "./c", name: "resource", namespace: "default", values: {}, timeout: 300 },
      ...{ atomic: false, createNamespace: false, skipCrds: false, skipAwait: false },
    });
  });

  it("reads what is given, and drops values that are none", () => {
    const given = { repositoryOpts: { repo: "https://example.org" }, version: "1", name: "n", namespace: "ns" };
    const read = readReleaseInputs({ chart: "c", ...given, values: { a: undefined, b: 1 }, atomic: true }, "resource");
    const { repo, version, name, namespace, values, atomic } = read;
    assert.deepEqual(
      [repo, version, name, namespace, values, atomic],
      ["https://example.org", "1", "n", "ns", { b: 1 }, true],
    );
  });

  it("refuses what it would have to ignore", () => {
    assert.throws(() => readReleaseInputs({ chart: "c", postrender: "x" }, "r"), {
      name: "UserError",
      message: 'the sandbox cannot pass the input "postrender" to Helm',
    });
    assert.throws(() => readReleaseInputs({}, "r"), { name: "UserError", message: "a release needs a chart" });
  });
});

import assert from "node:assert/strict";
import { packageManifest } from "../../../scripts/package/manifest.ts";

describe("the manifest of the npm package", () => {
  const dependencies = {
    "@pulumi/kubernetes": "4.0.1",
    "@pulumi/kubernetesx": "0.1.6",
    "@pulumi/pulumi": "3.0.2",
    "fastest-levenshtein": "1.0.0",
    "js-yaml": "4.0.0",
    zod: "4.1.0",
  };
  const manifest = packageManifest({ version: "0.2.0", license: "Apache-2.0", dependencies });

  it("has the project's version, licence and versions, and no package that it does not import", () => {
    assert.equal(manifest.version, "0.2.0");
    assert.equal(manifest.license, "Apache-2.0");
    assert.deepEqual(manifest.dependencies, {
      "@pulumi/kubernetesx": "0.1.6",
      "fastest-levenshtein": "1.0.0",
      zod: "4.1.0",
    });
  });

  it("leaves Pulumi's SDKs to the program", () => {
    assert.deepEqual(manifest.peerDependencies, { "@pulumi/kubernetes": "^4.0.1", "@pulumi/pulumi": "^3.0.2" });
  });
});

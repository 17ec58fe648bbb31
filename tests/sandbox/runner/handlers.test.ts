import assert from "node:assert/strict";
import { handlerFor } from "../../../sandbox/runner/handlers.ts";
import { objectHandler, readObject } from "../../../sandbox/runner/resources/object.ts";
import { patchHandler } from "../../../sandbox/runner/resources/patch.ts";
import { releaseHandler } from "../../../sandbox/runner/resources/release.ts";

describe("handlerFor", () => {
  const object = { apiVersion: "apps/v1", kind: "Deployment" };

  it("knows objects of any kind, patches, releases, and what is only read", () => {
    assert.equal(handlerFor("kubernetes:apps/v1:Deployment", object), objectHandler);
    assert.equal(
      handlerFor("kubernetes:example.org/v1:DiskPatch", { apiVersion: "example.org/v1", kind: "DiskPatch" }),
      objectHandler,
    );
    assert.equal(handlerFor("kubernetes:apps/v1:DeploymentPatch", object), patchHandler);
    assert.equal(handlerFor("kubernetes:helm.sh/v3:Release", {}), releaseHandler);
    assert.equal(handlerFor("kubernetes:core/v1:Service", {}, "ns/name").apply, readObject);
  });

  for (const type of ["kubernetes:yaml/v2:ConfigGroup", "kubernetes:helm.sh/v4:Chart", "aws:s3/bucket:Bucket"]) {
    it(`refuses ${type} in one line`, () => {
      assert.throws(() => handlerFor(type, {}), {
        name: "UserError",
        message: /^the sandbox cannot apply this type: it knows [^\n]*$/,
      });
    });
  }
});

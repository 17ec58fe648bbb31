import assert from "node:assert/strict";
import { patchesOf, registeredResources } from "../../../scripts/upgrade/installed.ts";
import { resourceErrors } from "../../../scripts/upgrade/resourceErrors.ts";
import { mirroredCrds } from "../../support/mirroredCrds.ts";
import { standInMirror } from "../../support/standInMirror.ts";

describe("what is installed", () => {
  it("has the resources of every stack and variant, and the CRDs that are there take them", async function () {
    // The first runs of the program in this process are among them.
    this.timeout(60_000);
    const resources = await registeredResources();
    for (const [where, kind] of [
      ["stack prod", "Prometheus "],
      ["stack dev", "Deployment "],
      ["engine operator", "Jaeger "],
    ] as const) {
      assert.ok(
        resources.some((each) => each.where === where && each.label.startsWith(kind)),
        where,
      );
    }
    const crds = mirroredCrds(await standInMirror());
    assert.deepEqual(resourceErrors(resources, crds, crds), []);
    assert.notDeepEqual(resourceErrors(resources, crds, []), []);
  });

  it("has each way in which the stacks patch a release manifest", () => {
    assert.deepEqual(patchesOf("metricsServer"), [
      { extraArgs: { "metrics-server": ["--kubelet-insecure-tls"] }, crdPolicy: "delete" },
      { crdPolicy: "keep" },
    ]);
    assert.equal(patchesOf("jaegerOperator").length, 1);
  });
});

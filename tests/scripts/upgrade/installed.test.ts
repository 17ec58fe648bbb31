import assert from "node:assert/strict";
import { operatorResources } from "../../../artifacts/operatorResources.ts";
import { patchesOf, registeredResources } from "../../../scripts/upgrade/installed.ts";
import { type CustomResource, resourceErrors } from "../../../scripts/upgrade/resourceErrors.ts";
import { type MirroredCrd, mirroredCrds } from "../../../review/crds/mirroredCrds.ts";
import { standInFolder } from "../../../review/program/standInMirror.ts";

describe("what is installed", () => {
  let resources: CustomResource[];
  before(async function () {
    // The first runs of the program in this process are among them.
    this.timeout(60_000);
    resources = await registeredResources();
  });

  it("has the resources of every stack and variant, and the CRDs that are there take them", async () => {
    for (const [where, kind] of [
      ["stack prod", "Prometheus "],
      ["stack dev", "Deployment "],
      ["engine operator", "Jaeger "],
      ["stack team-api.dev", "PrometheusRule "],
    ] as const) {
      assert.ok(
        resources.some((each) => each.where === where && each.label.startsWith(kind)),
        where,
      );
    }
    const crds = mirroredCrds(await standInFolder());
    assert.deepEqual(resourceErrors(resources, crds, crds), []);
    assert.notDeepEqual(resourceErrors(resources, crds, []), []);
  });

  it("has what only team-api sets: without that field the new CRDs are refused", async () => {
    const crds = mirroredCrds(await standInFolder());
    // Every field that a dashboard of any stack has, but for one.
    const dashboards = resources.filter(({ inputs }) => inputs.kind === "GrafanaDashboard");
    const fields = dashboards.flatMap(({ inputs }) => Object.keys(inputs.spec as object));
    const anything = { "x-kubernetes-preserve-unknown-fields": true };
    const known = new Set(fields.filter((field) => field !== "folderUID"));
    const spec = { type: "object", properties: Object.fromEntries([...known].map((field) => [field, anything])) };
    const object = { type: "object", properties: { apiVersion: anything, kind: anything, metadata: anything, spec } };
    const without = crds.map((crd): MirroredCrd => {
      const versions = { v1beta1: { schema: object, subresources: {} } };
      return crd.kind === "GrafanaDashboard" ? { ...crd, versions } : crd;
    });
    assert.deepEqual(resourceErrors(resources, crds, without), [
      "GrafanaDashboard GrafanaDashboard-orders-api.spec.folderUID is not known (stack team-api.dev)",
    ]);
  });

  it("has each way in which the stacks patch a release manifest", () => {
    const resources = operatorResources.metricsServer;
    assert.deepEqual(patchesOf("metricsServer"), [
      { resources, extraArgs: { "metrics-server": ["--kubelet-insecure-tls"] }, crdPolicy: "delete" },
      { resources, crdPolicy: "keep" },
    ]);
    assert.equal(patchesOf("jaegerOperator").length, 1);
  });
});

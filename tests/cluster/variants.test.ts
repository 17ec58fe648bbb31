import assert from "node:assert/strict";
import { namespaces } from "../../catalog/names.ts";
import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { switchedOff } from "../../review/program/variants.ts";
import { variantRuns } from "../support/variantRuns.ts";

describe(`variants of the platform, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const { cluster, holds, destroyed, crds } = variantRuns(17610);

  it("dev with engine operator: up, preview, refresh, preview", async () => {
    await holds(await platformSettings("dev", { jaegerEngine: "operator", crdPolicy: "keep" }));
    const simplest = await cluster().client.list("jaegertracing.io/v1", "Jaeger", namespaces.observability);
    assert.deepEqual(
      simplest.map(({ metadata }) => metadata.name),
      ["simplest"],
    );
    assert.ok((await crds()).join("\n").includes(".jaegertracing.io"));
  });

  // One after the other on the running platform, as who moves to a part of their own: the one before comes back.
  for (const [part, more] of Object.entries(switchedOff)) {
    it(`dev without ${part}: up removes it and leaves the rest, preview, refresh, preview`, async () => {
      const before = await crds();
      const settings = await platformSettings("dev", { crdPolicy: "keep", parts: { [part]: false }, ...more });
      const { deleted } = await holds(settings);
      assert.ok(deleted > 0);
      assert.deepEqual(await crds(), before);
    });
  }

  it("dev with everything again: the same; destroy with policy delete leaves nothing, not even CRDs that were kept", async () => {
    const settings = await platformSettings("dev", { jaegerEngine: "operator" });
    await holds(settings);
    await destroyed([], settings);
  });
});

import assert from "node:assert/strict";
import { CertManager, type CertManagerArgs } from "../../../components/operators/certManager.ts";
import { find, registering } from "../../../review/program/runs.ts";

interface Values {
  readonly crds: unknown;
  readonly imageRegistry?: string;
  readonly global?: unknown;
  readonly startupapicheck: { readonly enabled: boolean };
}

async function values(
  crdPolicy: "keep" | "delete",
  images: CertManagerArgs["images"] = { registry: "", pullSecrets: [] },
): Promise<Values> {
  const chart = { chart: "cert-manager", version: "v1.21.1" };
  const run = await registering(() => new CertManager("cert-manager", { chart, crdPolicy, images }, {}));
  return find(run, "Release", "cert-manager").inputs["values"] as Values;
}

describe("CertManager", () => {
  it("installs its CRDs, keeps or deletes them, and is there when its webhook answers", async () => {
    for (const policy of ["keep", "delete"] as const) {
      const { crds, startupapicheck } = await values(policy);
      assert.deepEqual([crds, startupapicheck.enabled], [{ enabled: true, keep: policy === "keep" }, true]);
    }
  });

  it("takes its images from the site's registry, with its Secrets", async () => {
    const { imageRegistry, global } = await values("keep", { registry: "r.example.org/m", pullSecrets: ["login"] });
    assert.deepEqual([imageRegistry, global], ["r.example.org/m", { imagePullSecrets: [{ name: "login" }] }]);
  });
});

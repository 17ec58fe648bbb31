import assert from "node:assert/strict";
import { CertManager, type CertManagerArgs } from "../../../components/operators/certManager.ts";
import { find, registering } from "../../../review/program/runs.ts";

interface Values {
  readonly crds: unknown;
  readonly imageRegistry?: string;
  readonly global?: unknown;
  readonly config?: unknown;
  readonly startupapicheck: { readonly enabled: boolean };
}

async function values(
  crdPolicy: "keep" | "delete",
  images: CertManagerArgs["images"] = { registry: "", pullSecrets: [] },
  gatewayApi = false,
): Promise<Values> {
  const chart = { chart: "cert-manager", version: "v1.21.1" };
  const run = await registering(() => new CertManager("cert-manager", { chart, crdPolicy, images, gatewayApi }, {}));
  return find(run, "Release", "cert-manager").inputs["values"] as Values;
}

describe("CertManager", () => {
  it("installs its CRDs, keeps or deletes them, and is there when its webhook answers", async () => {
    for (const policy of ["keep", "delete"] as const) {
      const { crds, startupapicheck } = await values(policy);
      assert.deepEqual([crds, startupapicheck.enabled], [{ enabled: true, keep: policy === "keep" }, true]);
    }
  });

  it("answers ACME servers by a Gateway where hosts come in by one", async () => {
    const images = { registry: "", pullSecrets: [] };
    assert.deepEqual((await values("keep", images, true)).config, { gatewayAPI: { enabled: true } });
    assert.equal((await values("keep", images)).config, undefined);
  });

  it("takes its images from the site's registry, with its Secrets", async () => {
    const { imageRegistry, global } = await values("keep", { registry: "r.example.org/m", pullSecrets: ["login"] });
    assert.deepEqual([imageRegistry, global], ["r.example.org/m", { imagePullSecrets: [{ name: "login" }] }]);
  });
});

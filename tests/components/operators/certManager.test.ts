import assert from "node:assert/strict";
import { CertManager } from "../../../components/operators/certManager.ts";
import { find, registering } from "../../support/runs.ts";

async function values(crdPolicy: "keep" | "delete"): Promise<unknown> {
  const chart = { chart: "cert-manager", version: "v1.21.1" };
  const run = await registering(() => new CertManager("cert-manager", { chart, crdPolicy }, {}));
  return find(run, "Release", "cert-manager").inputs["values"];
}

describe("CertManager", () => {
  it("installs its CRDs, keeps or deletes them, and is there when its webhook answers", async () => {
    const startupapicheck = { enabled: true };
    assert.deepEqual(await values("keep"), { crds: { enabled: true, keep: true }, startupapicheck });
    assert.deepEqual(await values("delete"), { crds: { enabled: true, keep: false }, startupapicheck });
  });
});

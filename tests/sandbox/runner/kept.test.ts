import assert from "node:assert/strict";
import { keptRef, readKept, writeKept } from "../../../sandbox/runner/kept.ts";
import { fakeApi } from "../../support/fakeApi.ts";

describe("what the sandbox keeps in the cluster", () => {
  it("is read as it was written", async () => {
    const { client } = fakeApi();
    const ref = keptRef("p.dev", "password.a");
    assert.equal(await readKept(client, ref), undefined);
    await writeKept(client, ref, { value: "ü" });
    assert.deepEqual(await readKept(client, ref), { value: "ü" });
  });

  it("has a name that Kubernetes takes", () => {
    assert.equal(keptRef("My_p.dev", "password.Grafana Admin").name, "fluffy-sandbox.my-p.dev.password.grafana-admin");
  });
});

import assert from "node:assert/strict";
import { watchRelease } from "../../../sandbox/helm/watch.ts";
import { eventually } from "../../support/eventually.ts";
import { fakeApi } from "../../support/fakeApi.ts";

describe("watchRelease", () => {
  const deployment = (release: string) => ({
    ...{ apiVersion: "apps/v1", kind: "Deployment", status: {} },
    metadata: { name: "d", namespace: "ns", annotations: { "meta.helm.sh/release-name": release } },
  });

  it("shows which object of the release is not ready, and remembers it", async () => {
    const api = fakeApi();
    api.objects.set("/apis/apps/v1/namespaces/ns/deployments/d", deployment("r"));
    const updates: string[] = [];
    const nothing = () => undefined;
    const activity = { update: (detail: string) => updates.push(detail), done: nothing, fail: nothing };
    const watch = watchRelease(api.client, "ns", "r", activity);
    const other = watchRelease(api.client, "ns", "another", activity);
    await eventually(() => {
      assert.deepEqual(updates, ["waiting for Deployment ns/d: 0 of 1 pods are ready"]);
      return Promise.resolve();
    }, 3000);
    assert.equal(watch.stop(), "Deployment ns/d: 0 of 1 pods are ready");
    assert.equal(other.stop(), undefined);
  });
});

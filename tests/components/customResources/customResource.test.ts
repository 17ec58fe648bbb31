import assert from "node:assert/strict";
import { apiVersions, customResource } from "../../../components/customResources/customResource.ts";
import { find, registering } from "../../../review/program/runs.ts";

const metadata = { name: "same", namespace: "team", labels: { a: "b" } };

describe("customResource", () => {
  it("registers the object with the API version of its kind", async () => {
    const spec = { type: "x" } as never;
    const run = await registering(() => customResource("Jaeger", { ...metadata, spec }, {}));
    assert.deepEqual(find(run, "Jaeger", "Jaeger-same").inputs, {
      apiVersion: apiVersions.Jaeger,
      kind: "Jaeger",
      metadata,
      spec,
    });
  });

  it("lets objects of two kinds share a name", async () => {
    const spec = {} as never;
    const run = await registering(() => {
      customResource("Prometheus", { ...metadata, spec }, {});
      customResource("Alertmanager", { ...metadata, spec }, {});
    });
    for (const kind of ["Prometheus", "Alertmanager"]) {
      assert.deepEqual(find(run, kind, `${kind}-same`).inputs["metadata"], metadata);
    }
  });
});

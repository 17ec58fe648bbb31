import assert from "node:assert/strict";
import { ownNamespace } from "../../components/namespace.ts";
import { find, registering } from "../support/runs.ts";

describe("ownNamespace", () => {
  it("registers a namespace with a fixed name and our labels", async () => {
    const run = await registering(() => ownNamespace("team", {}));
    assert.deepEqual(find(run, "Namespace", "team").inputs["metadata"], {
      name: "team",
      labels: {
        "app.kubernetes.io/name": "team",
        "app.kubernetes.io/component": "namespace",
        "app.kubernetes.io/part-of": "fluffy-observability",
        "app.kubernetes.io/managed-by": "pulumi",
      },
    });
  });
});

import assert from "node:assert/strict";
import { ownNamespace } from "../../../components/kubernetes/namespace.ts";
import { podSecurityLabels } from "../../../components/kubernetes/podSecurity.ts";
import { find, registering } from "../../../review/program/runs.ts";

describe("ownNamespace", () => {
  it("registers a namespace with a fixed name, our labels and Pod Security", async () => {
    const run = await registering(() => ownNamespace("team", {}));
    assert.deepEqual(find(run, "Namespace", "team").inputs["metadata"], {
      name: "team",
      labels: {
        "app.kubernetes.io/name": "team",
        "app.kubernetes.io/component": "namespace",
        "app.kubernetes.io/part-of": "fluffy-observability",
        "app.kubernetes.io/managed-by": "pulumi",
        ...podSecurityLabels("restricted"),
      },
    });
  });

  it("says which rights its pods may have", async () => {
    const run = await registering(() => ownNamespace("team", {}, "privileged"));
    const { labels } = find(run, "Namespace", "team").inputs["metadata"] as { labels: Record<string, string> };
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "privileged");
  });
});

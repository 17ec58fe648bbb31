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

  it("makes no quota unless told so", async () => {
    const run = await registering(() => ownNamespace("team", {}));
    assert.ok(run.registered.every(({ type }) => !/ResourceQuota|LimitRange/.test(type)));
  });

  it("bounds what its pods have together, with a quota and what a container gets that says nothing", async () => {
    const run = await registering(() => ownNamespace("team", {}, "restricted", { cpu: "4", memory: "8Gi", pods: 20 }));
    const { metadata, spec } = find(run, "ResourceQuota", "team").inputs as { metadata: object; spec: unknown };
    assert.equal((metadata as { namespace?: string }).namespace, "team");
    assert.deepEqual(spec, { hard: { "requests.cpu": "4", "limits.memory": "8Gi", pods: "20" } });
    assert.deepEqual(find(run, "LimitRange", "team").inputs["spec"], {
      limits: [{ type: "Container", defaultRequest: { cpu: "50m" }, default: { memory: "256Mi" } }],
    });
  });

  it("says nothing in a container's place of what it does not count", async () => {
    const limits = async (quota: { cpu?: string; memory?: string; pods?: number }) => {
      const run = await registering(() =>
        ownNamespace("team", {}, "restricted", { cpu: "", memory: "", pods: 0, ...quota }),
      );
      assert.ok(find(run, "ResourceQuota", "team"));
      const range = run.registered.find(({ type }) => type.endsWith("LimitRange"));
      return (range?.inputs["spec"] as { limits: unknown[] } | undefined)?.limits[0];
    };
    assert.equal(await limits({ pods: 20 }), undefined);
    assert.deepEqual(await limits({ cpu: "4" }), { type: "Container", defaultRequest: { cpu: "50m" } });
    assert.deepEqual(await limits({ memory: "8Gi" }), { type: "Container", default: { memory: "256Mi" } });
  });

  it("says which rights its pods may have", async () => {
    const run = await registering(() => ownNamespace("team", {}, "privileged"));
    const { labels } = find(run, "Namespace", "team").inputs["metadata"] as { labels: Record<string, string> };
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "privileged");
  });
});

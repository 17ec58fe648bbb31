import assert from "node:assert/strict";
import { operatorStages } from "../../../../sandbox/cluster/stages/customResources.ts";
import { nodeStages } from "../../../../sandbox/cluster/stages/nodes.ts";
import { podStages } from "../../../../sandbox/cluster/stages/pods.ts";
import { patchStatus, stage } from "../../../../sandbox/cluster/stages/stage.ts";
import { webhookStages } from "../../../../sandbox/cluster/stages/webhooks.ts";

const all = [...nodeStages, ...podStages, ...webhookStages("Q0E="), ...operatorStages.map(({ stage }) => stage)];

describe("stage", () => {
  it("is played on objects that a jq expression is true for", () => {
    const target = { apiVersion: "example.com/v1", kind: "Example" };
    assert.deepEqual(stage({ name: "one", target, when: ".a == 1", steps: [patchStatus("{ b: 2 }")] }), {
      apiVersion: "kwok.x-k8s.io/v1alpha1",
      kind: "Stage",
      metadata: { name: "one" },
      spec: {
        resourceRef: { apiGroup: "example.com/v1", kind: "Example" },
        selector: { matchExpressions: [{ jq: { key: ".a == 1", operator: "In", values: ["true"] } }] },
        steps: [{ patch: { subresource: "status", root: "status", template: "{ b: 2 }" } }],
      },
    });
  });
});

describe("the stages", () => {
  it("have names of their own that Kubernetes takes", () => {
    const names = all.map(({ metadata }) => metadata.name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z][a-z0-9-]*$/);
  });

  it("cover the kinds that the platform waits for", () => {
    const kinds = new Set(all.map(({ spec }) => `${spec.resourceRef.apiGroup} ${spec.resourceRef.kind}`));
    for (const kind of [
      "v1 Node",
      "v1 Pod",
      "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration",
      "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
      "cert-manager.io/v1 Certificate",
      "opentelemetry.io/v1beta1 OpenTelemetryCollector",
      "jaegertracing.io/v1 Jaeger",
      "grafana.integreatly.org/v1beta1 Grafana",
    ]) {
      assert.ok(kinds.has(kind), kind);
    }
  });

  it("close every block that their templates open", () => {
    for (const { metadata, spec } of all) {
      for (const step of spec.steps) {
        if (!("patch" in step)) continue;
        const actions = step.patch.template.match(/\{\{-? *(range|with|if|end)\b/g) ?? [];
        const ends = actions.filter((action) => action.endsWith("end"));
        assert.equal(actions.length, ends.length * 2, metadata.name);
      }
    }
  });
});

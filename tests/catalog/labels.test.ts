import assert from "node:assert/strict";
import { labels, selectorLabels } from "../../catalog/labels.ts";

const args = { name: "prometheus", component: "backend", version: "v3" };

describe("labels", () => {
  it("are the recommended ones", () => {
    assert.deepEqual(labels(args), {
      "app.kubernetes.io/name": "prometheus",
      "app.kubernetes.io/component": "backend",
      "app.kubernetes.io/part-of": "fluffy-observability",
      "app.kubernetes.io/managed-by": "pulumi",
      "app.kubernetes.io/version": "v3",
    });
  });

  it("leave the version out where there is none", () => {
    assert.ok(!("app.kubernetes.io/version" in labels({ name: "a", component: "b" })));
  });

  it("hold those of the selector", () => {
    for (const [label, value] of Object.entries(selectorLabels(args))) assert.equal(labels(args)[label], value);
  });
});

describe("selectorLabels", () => {
  it("hold nothing that an upgrade changes: a selector cannot", () => {
    assert.deepEqual(selectorLabels(args), { "app.kubernetes.io/name": "prometheus" });
  });
});

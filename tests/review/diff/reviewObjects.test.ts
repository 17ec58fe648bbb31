import assert from "node:assert/strict";
import { goldenObjects, renderedObjects } from "../../../review/diff/reviewObjects.ts";

describe("goldenObjects", () => {
  it("reads objects with their labels and what they come after", () => {
    const text = `\
# Grafana grafana
#   after Namespace observability
---
# Release grafana
#   after Namespace grafana
#   after Release crds
name: grafana
---
# GrafanaFolder folder
kind: GrafanaFolder
metadata:
  name: 2026-01-01
`;
    assert.deepEqual(goldenObjects("platform.grafana.yaml", text), [
      {
        component: "platform.grafana",
        label: "Grafana grafana",
        kind: "Grafana",
        fields: { after: ["Namespace observability"] },
      },
      {
        component: "platform.grafana",
        label: "Release grafana",
        kind: "Release",
        fields: { name: "grafana", after: ["Namespace grafana", "Release crds"] },
      },
      {
        component: "platform.grafana",
        label: "GrafanaFolder folder",
        kind: "GrafanaFolder",
        fields: { kind: "GrafanaFolder", metadata: { name: "2026-01-01" } },
      },
    ]);
  });

  it("takes a number sign inside a text for what it is", () => {
    const [object] = goldenObjects(
      "a.yaml",
      "# ConfigMap a\nkind: ConfigMap\ndata:\n  text: |-\n    # not a comment\n",
    );
    assert.deepEqual(object?.fields, { kind: "ConfigMap", data: { text: "# not a comment" } });
  });

  it("hides no object behind another one of the same label", () => {
    const objects = goldenObjects("a.yaml", "# Secret a\nkind: Secret\n---\n# Secret a\nkind: Secret\n");
    assert.deepEqual(
      objects.map(({ label }) => label),
      ["Secret a", "Secret a (2)"],
    );
  });
});

describe("renderedObjects", () => {
  it("shows no value of a Secret", () => {
    const [secret] = renderedObjects("a.rendered.yaml", "kind: Secret\nmetadata: {name: a}\nstringData: {p: word}\n");
    assert.deepEqual(secret?.fields, { kind: "Secret", metadata: { name: "a" }, stringData: { p: "[secret]" } });
  });

  it("names objects by kind, namespace and name", () => {
    const text =
      "---\nkind: Service\nmetadata: {name: a, namespace: b}\n---\nkind: ClusterRole\nmetadata: {name: c}\n---\n";
    const objects = renderedObjects("cert-manager.rendered.yaml", text);
    assert.deepEqual(
      objects.map(({ component, label }) => [component, label]),
      [
        ["release cert-manager", "Service b/a"],
        ["release cert-manager", "ClusterRole c"],
      ],
    );
  });
});

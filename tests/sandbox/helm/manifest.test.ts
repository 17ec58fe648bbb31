import assert from "node:assert/strict";
import { manifestRefs } from "../../../sandbox/helm/manifest.ts";

describe("manifestRefs", () => {
  it("names every object of a manifest", () => {
    const manifest = [
      "---\n# Source: widgets/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: ns\ndata:\n  text: |\n    ---\n    kind: Nothing\n",
      '---\nspec:\n  group: example.org\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  labels: {x: y}\n  name: "things.example.org"\n',
      "---\n# only a comment\n",
      "---\n",
    ].join("");
    assert.deepEqual(manifestRefs(manifest), [
      { apiVersion: "v1", kind: "ConfigMap", namespace: "ns", name: "a" },
      { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name: "things.example.org" },
    ]);
  });

  it("finds nothing in an empty manifest", () => {
    assert.deepEqual(manifestRefs(""), []);
  });
});

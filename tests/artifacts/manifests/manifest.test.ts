import assert from "node:assert/strict";
import { formatManifest, parseManifest } from "../../../artifacts/manifests/manifest.ts";

const service = `apiVersion: v1
kind: Service
metadata: { name: a, namespace: b }
`;

function fails(text: string, message: string): void {
  assert.throws(() => parseManifest(text, "bundle.yaml"), { name: "ArtifactError", message });
}

describe("parseManifest", () => {
  it("reads documents and leaves empty ones out", () => {
    const objects = parseManifest(`# a comment\n---\n${service}---\n\n---\n${service}`, "bundle.yaml");
    assert.deepEqual(
      objects.map(({ metadata }) => metadata.name),
      ["a", "a"],
    );
  });

  it("keeps what only looks like a date as text, as Kubernetes does", () => {
    const [object] = parseManifest(`${service}spec: { since: 2024-01-01, on: yes }\n`, "bundle.yaml");
    assert.deepEqual(object?.["spec"], { since: "2024-01-01", on: "yes" });
  });

  it("names file and line of what is not YAML", () => {
    assert.throws(
      () => parseManifest(`${service}---\nspec: {\n`, "bundle.yaml"),
      /^ArtifactError: bundle\.yaml:\d+: not YAML: [^\n]+$/,
    );
    assert.throws(
      () => parseManifest("<html>\n<body>: [not: found</body>\n", "https://host/bundle.yaml"),
      /^ArtifactError: https:\/\/host\/bundle\.yaml:\d: not YAML: [^\n]+$/,
    );
  });

  it("names the line as an editor counts it", () => {
    assert.throws(() => parseManifest("a: 1\nb: 2\n\tc: 3\n", "f"), /^ArtifactError: f:3: /);
  });

  it("refuses what is no object", () => {
    fails(
      "<html>not found</html>",
      `bundle.yaml: document 1 is no Kubernetes object but the text "<html>not found</html>"`,
    );
    fails("- a\n", "bundle.yaml: document 1 is no Kubernetes object but a list");
    fails("# nothing\n", "bundle.yaml: the manifest holds no object");
  });

  it("refuses an object without kind or name", () => {
    fails(`${service}---\napiVersion: v1\nmetadata: { name: a }\n`, "bundle.yaml: document 2 has no kind");
    fails("kind: Service\nmetadata: { name: a }\n", "bundle.yaml: document 1 (kind Service) has no apiVersion");
    fails("apiVersion: v1\nkind: Service\n", "bundle.yaml: document 1 (kind Service) has no metadata.name");
    fails(
      "apiVersion: v1\nkind: Service\nmetadata: { name: 5 }\n",
      "bundle.yaml: document 1 (kind Service) has no metadata.name",
    );
  });

  it("refuses an object of a namespaced kind without a namespace", () => {
    fails(
      "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n",
      `bundle.yaml: Service "a" says no metadata.namespace`,
    );
  });

  it("knows kinds without a namespace: Kubernetes' own and the manifest's", () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: globals.example.org }
spec: { scope: Cluster, names: { kind: Global } }
---
apiVersion: example.org/v1
kind: Global
metadata: { name: a }
`;
    assert.equal(parseManifest(crd, "f").length, 2);
    assert.throws(
      () => parseManifest(crd.replace("scope: Cluster", "scope: Namespaced"), "f"),
      /Global "a" says no metadata\.namespace/,
    );
  });
});

describe("formatManifest", () => {
  it("writes what it read", () => {
    const text = `${service}spec: { a: "yes", b: "0x10", c: "1e3", d: "~", e: "{{ braces }}", f: "line\\n--- \\nline", g: [1, null] }\n`;
    const objects = parseManifest(text, "f");
    assert.deepEqual(parseManifest(formatManifest(objects), "g"), objects);
  });

  it("quotes what older YAML, which Helm reads, takes for a boolean", () => {
    const [object] = parseManifest(`${service}spec: { a: "yes", b: "on", c: "y" }\n`, "f");
    assert.ok(object);
    assert.match(formatManifest([object]), /a: 'yes'\n {2}b: 'on'\n {2}c: 'y'/);
  });
});

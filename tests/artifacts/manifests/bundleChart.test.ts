import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { load } from "js-yaml";
import { bundleChart, recordSize } from "../../../artifacts/manifests/bundleChart.ts";

const manifest = `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: mutating }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: validating }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: template, namespace: b }
data: { text: "{{ .Values.looksLikeATemplate }}" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: operator, namespace: a }
spec: { template: { spec: { containers: [{ name: a, image: "registry.io/a:1" }] } } }
`;

const bundle = { name: "some-operator", version: "v1.2.3" };
const patches = { crdPolicy: "keep" } as const;

describe("bundleChart", () => {
  it("makes a chart whose template prints the manifest as it is", () => {
    const { files } = bundleChart(bundle, manifest, patches, "bundle.yaml");
    assert.deepEqual(Object.keys(files).sort(), [
      "Chart.yaml",
      "facts.json",
      "files/bundle.yaml",
      "templates/bundle.yaml",
    ]);
    assert.equal(files["templates/bundle.yaml"], `{{ .Files.Get "files/bundle.yaml" }}\n`);
    assert.match(String(files["files/bundle.yaml"]), /\{\{ \.Values\.looksLikeATemplate \}\}/);
  });

  it("gives the chart a semantic version", () => {
    const chart = (version: string) =>
      load(String(bundleChart({ name: "a", version }, manifest, patches, "f").files["Chart.yaml"])) as object;
    assert.deepEqual(chart("v1.2.3"), {
      apiVersion: "v2",
      name: "a",
      description: "The release manifest of a v1.2.3, patched. Its values change nothing.",
      version: "1.2.3",
      appVersion: "v1.2.3",
    });
    assert.equal((chart("1.2.3-rc.1") as { version: string }).version, "1.2.3-rc.1");
    for (const version of ["latest", "v1.2", "1.2.3 "]) {
      assert.throws(() => chart(version), {
        name: "ArtifactError",
        message: `f: version "${version}" is not semantic: expected such as "v1.2.3"`,
      });
    }
  });

  it("tells names of webhook configurations, images and namespaces", () => {
    const { facts, files } = bundleChart(bundle, manifest, patches, "bundle.yaml");
    assert.deepEqual(facts, {
      mutatingWebhookConfigurations: ["mutating"],
      validatingWebhookConfigurations: ["validating"],
      images: ["registry.io/a:1"],
      namespaces: ["a", "b"],
    });
    assert.deepEqual(JSON.parse(String(files["facts.json"])), facts);
  });

  it("refuses a manifest whose release Helm could not store", () => {
    // Random text does not get smaller.
    const large = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: large, namespace: a }\ndata: { text: ${randomBytes(500_000).toString("hex")} }\n`;
    assert.throws(
      () => bundleChart(bundle, large, patches, "bundle.yaml"),
      /^ArtifactError: bundle\.yaml: Helm could not store the release: its record takes \d{7} bytes, a Secret holds 1048576$/,
    );
  });
});

describe("recordSize", () => {
  it("is the length of what Helm writes: compressed JSON in base64, with the manifest twice", () => {
    const text = randomBytes(30_000).toString("base64");
    const size = recordSize({ "files/a": text }, text);
    // base64 of 30 kB of randomness, once as text and once more in base64.
    assert.ok(size > 2 * 40_000 && size < 2.4 * 40_000, String(size));
  });
});

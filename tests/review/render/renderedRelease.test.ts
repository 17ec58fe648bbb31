import assert from "node:assert/strict";
import { readableManifest, templateArguments } from "../../../review/render/renderedRelease.ts";
import { readReleaseInputs } from "../../../review/render/releaseInputs.ts";

describe("templateArguments", () => {
  const release = (inputs: Record<string, unknown>) =>
    readReleaseInputs({ chart: "a", version: "v1", namespace: "b", ...inputs }, "name");

  it("renders for a namespace and a Kubernetes version, with the chart's CRDs", () => {
    assert.deepEqual(
      templateArguments(release({ repositoryOpts: { repo: "https://charts.example" } }), "/", "v1.36.3"),
      [
        ...["template", "name", "a", "--repo", "https://charts.example", "--version", "v1"],
        ...["--namespace", "b", "--values", "-", "--kube-version", "v1.36.3", "--include-crds"],
      ],
    );
  });

  it("leaves the chart's CRDs out where the release does", () => {
    assert.equal(templateArguments(release({ skipCrds: true }), "/", "v1.36.3").at(-1), "--skip-crds");
  });
});

describe("readableManifest", () => {
  it("leaves out the schemas of CRDs and nothing else", () => {
    const text = readableManifest(
      `# Source: a
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.org }
spec: { group: example.org, versions: [{ name: v1, schema: { openAPIV3Schema: { type: object } }, served: true }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: b }
data: { schema: stays }
`,
    );
    assert.equal(
      text,
      `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.org
spec:
  group: example.org
  versions:
  - name: v1
    served: true
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  namespace: b
data:
  schema: stays
`,
    );
  });
});

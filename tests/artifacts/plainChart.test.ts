import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withPlainPatches } from "../../artifacts/plainChart.ts";
import { pack, unpack } from "../../artifacts/tarball.ts";
import { valuesAt } from "../../artifacts/manifests/objectPath.ts";
import { parseManifest } from "../../artifacts/manifests/manifest.ts";
import { charts } from "../../catalog/versions.ts";
import { mirror } from "../../review/program/mirror.ts";

const crd = (annotations: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.org
${annotations}spec:
  group: example.org
`;
const kept = "  annotations:\n    helm.sh/resource-policy: keep\n";

const unpackedText = (archive: Uint8Array, path: string) => String(unpack(archive)?.[path]);

describe("withPlainPatches", () => {
  it("adds and removes the policy of plain CRDs, and leaves the other files", () => {
    const chart = (objects: string) => pack({ "a/Chart.yaml": "name: a\n", "a/files/objects.yaml": objects });
    const added = withPlainPatches(chart(crd("")), { crdPolicy: "keep" }, "a.tgz");
    assert.equal(unpackedText(added, "a/files/objects.yaml"), `---\n${crd(kept)}`);
    assert.equal(unpackedText(added, "a/Chart.yaml"), "name: a\n");
    const removed = withPlainPatches(chart(crd(kept)), { crdPolicy: "delete" }, "a.tgz");
    assert.doesNotMatch(unpackedText(removed, "a/files/objects.yaml"), /resource-policy/);
  });

  it("gives plain Deployments their resources and no rights, and says which it does not find", () => {
    const pods = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
  namespace: a
spec:
  template:
    spec:
      containers:
        - name: a
`;
    const patched = (name: string) =>
      withPlainPatches(
        pack({ "a/files/objects.yaml": pods }),
        { crdPolicy: "keep", resources: { [name]: { limits: { memory: "1Gi" } } } },
        "a.tgz",
      );
    const [deployment] = parseManifest(unpackedText(patched("a"), "a/files/objects.yaml"), "a");
    assert.deepEqual(valuesAt(deployment, ["spec", "template", "spec", "containers", "*"]), [
      {
        name: "a",
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: {}, limits: { memory: "1Gi" } },
      },
    ]);
    assert.throws(() => patched("b"), {
      message: 'a.tgz: a/files/objects.yaml: there is no Deployment "b", to which the patches add resources',
    });
  });

  const untouched = {
    "a template": pack({ "a/templates/crds.yaml": `{{- if .Values.crds.enabled }}\n${crd("")}{{- end }}\n` }),
    "a template of pods": pack({
      "a/templates/pods.yaml": "kind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n",
    }),
    "a chart without CRDs": pack({ "a/templates/objects.yaml": "kind: ConfigMap\n" }),
    "what is no archive": Buffer.from("text"),
  };
  for (const [what, archive] of Object.entries(untouched)) {
    it(`leaves ${what} as it is`, () => {
      assert.equal(withPlainPatches(archive, { crdPolicy: "keep" }, "a.tgz"), archive);
    });
  }

  it("keeps every CRD of a real chart that is already rendered", function () {
    if (mirror === undefined) this.skip();
    const { name, version } = charts.certManager;
    const archive = readFileSync(join(mirror, "charts", `${name}-${version}.tgz`));
    const path = `${name}/files/objects.yaml`;
    const [before, after] = [archive, withPlainPatches(archive, { crdPolicy: "keep" }, "a.tgz")].map((chart) =>
      parseManifest(unpackedText(chart, path), path),
    );
    const policies = after
      ?.filter(({ kind }) => kind === "CustomResourceDefinition")
      .map(({ metadata }) => (metadata["annotations"] as Record<string, string>)["helm.sh/resource-policy"]);
    assert.deepEqual(policies, Array(6).fill("keep"));
    const others = (objects: typeof before) =>
      objects?.filter(({ kind }) => !["CustomResourceDefinition", "Deployment"].includes(kind));
    assert.deepEqual(others(after), others(before));
  });
});

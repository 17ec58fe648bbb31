import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withPlainCrdPolicy } from "../../../components/artifacts/plainChart.ts";
import { pack, unpack } from "../../../components/artifacts/tarball.ts";
import { parseManifest } from "../../../components/operators/manifest.ts";
import { charts } from "../../../components/versions.ts";
import { mirror } from "../../support/mirror.ts";

const crd = (annotations: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.org
${annotations}spec:
  group: example.org
`;
const kept = "  annotations:\n    helm.sh/resource-policy: keep\n";

const unpackedText = (archive: Uint8Array, path: string) => String(unpack(archive)?.[path]);

describe("withPlainCrdPolicy", () => {
  it("adds and removes the policy of plain CRDs, and leaves the other files", () => {
    const chart = (objects: string) => pack({ "a/Chart.yaml": "name: a\n", "a/files/objects.yaml": objects });
    const added = withPlainCrdPolicy(chart(crd("")), "keep");
    assert.equal(unpackedText(added, "a/files/objects.yaml"), `---\n${crd(kept)}`);
    assert.equal(unpackedText(added, "a/Chart.yaml"), "name: a\n");
    const removed = withPlainCrdPolicy(chart(crd(kept)), "delete");
    assert.doesNotMatch(unpackedText(removed, "a/files/objects.yaml"), /resource-policy/);
  });

  const untouched = {
    "a template": pack({ "a/templates/crds.yaml": `{{- if .Values.crds.enabled }}\n${crd("")}{{- end }}\n` }),
    "a chart without CRDs": pack({ "a/templates/objects.yaml": "kind: ConfigMap\n" }),
    "what is no archive": Buffer.from("text"),
  };
  for (const [what, archive] of Object.entries(untouched)) {
    it(`leaves ${what} as it is`, () => {
      assert.equal(withPlainCrdPolicy(archive, "keep"), archive);
    });
  }

  it("keeps every CRD of a real chart that is already rendered", function () {
    if (mirror === undefined) this.skip();
    const { name, version } = charts.certManager;
    const archive = readFileSync(join(mirror, "charts", `${name}-${version}.tgz`));
    const path = `${name}/files/objects.yaml`;
    const [before, after] = [archive, withPlainCrdPolicy(archive, "keep")].map((chart) =>
      parseManifest(unpackedText(chart, path), path),
    );
    const policies = after
      ?.filter(({ kind }) => kind === "CustomResourceDefinition")
      .map(({ metadata }) => (metadata["annotations"] as Record<string, string>)["helm.sh/resource-policy"]);
    assert.deepEqual(policies, Array(6).fill("keep"));
    const others = (objects: typeof before) => objects?.filter(({ kind }) => kind !== "CustomResourceDefinition");
    assert.deepEqual(others(after), others(before));
  });
});

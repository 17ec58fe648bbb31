import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unpack } from "../../../artifacts/tarball.ts";
import { bundleKey } from "../../../artifacts/artifact.ts";
import { type BundleChartFiles, bundleChart, recordSize } from "../../../artifacts/manifests/bundleChart.ts";
import { imagesOf } from "../../../artifacts/manifests/bundlePatches.ts";
import { type ManifestObject, parseManifest } from "../../../artifacts/manifests/manifest.ts";
import { valuesAt } from "../../../artifacts/manifests/objectPath.ts";
import { artifactsRequest } from "../../../artifacts/request.ts";
import { parseSettings } from "../../../settings/read.ts";
import { bundles, operatorImages, charts as versionedCharts } from "../../../catalog/versions.ts";
import { mirror } from "../../../review/program/mirror.ts";

/** What upstream really ships, patched as the stack patches it. */
describe("real release manifests", () => {
  const charts = new Map<string, BundleChartFiles>();
  const objects = new Map<string, ManifestObject[]>();

  before(function () {
    if (mirror === undefined) this.skip();
    // Parsing and packing the largest one takes a second on a slow machine.
    this.timeout(120_000);
    const settings = parseSettings({
      jaegerEngine: "operator",
      crdPolicy: "keep",
      metricsServer: `{"kubeletInsecureTls":true}`,
    });
    for (const [name, { spec, patches }] of Object.entries(artifactsRequest(settings).bundles)) {
      const file = join(mirror, "bundles", `${bundleKey(spec)}.yaml`);
      const chart = bundleChart(spec, readFileSync(file, "utf8"), patches, file);
      charts.set(name, chart);
      objects.set(name, parseManifest(String(chart.files["files/bundle.yaml"]), `${name}, patched`));
    }
    assert.equal(charts.size, 5);
  });

  /** Runs a check on every object; the message says which one failed it. */
  function forEachObject(check: (object: ManifestObject, label: string) => void): void {
    for (const [name, list] of objects) {
      for (const object of list) check(object, `${name}: ${object.kind} ${object.metadata.name}`);
    }
  }

  it("have no folder on a node's disk without a limit", () => {
    let folders = 0;
    forEachObject((object, label) => {
      for (const folder of valuesAt(object, ["spec", "template", "spec", "volumes", "*", "emptyDir"])) {
        folders += 1;
        assert.deepEqual(folder, { sizeLimit: "256Mi" }, label);
      }
    });
    assert.equal(folders, 1);
  });

  it("put nothing into namespace default, nor refer to it", () => {
    forEachObject((object, label) => {
      assert.notEqual(object.metadata.namespace, "default", label);
      assert.doesNotMatch(JSON.stringify({ ...object, spec: withoutSchemas(object) }), /"namespace":"default"/, label);
      assert.doesNotMatch(JSON.stringify(object.metadata["annotations"] ?? {}), /"default\//, label);
    });
  });

  it("are each in the namespace that the stack makes", () => {
    const namespaces = Object.fromEntries([...charts].map(([name, { facts }]) => [name, facts.namespaces]));
    assert.deepEqual(namespaces, {
      prometheusOperator: ["prometheus-operator"],
      openTelemetryOperator: ["opentelemetry-operator-system"],
      jaegerOperator: ["observability"],
      grafanaOperatorCrds: [],
      metricsServer: ["kube-system"],
    });
  });

  it("make no namespaces of their own", () => {
    forEachObject(({ kind }, label) => {
      assert.notEqual(kind, "Namespace", label);
    });
  });

  it("hold no placeholder caBundle: the gate would take it for a real one", () => {
    forEachObject((object, label) => {
      assert.doesNotMatch(JSON.stringify(object), /"caBundle":"(Cg==)?"/, label);
    });
  });

  it("pull the images of versions.ts, and none that no longer exists", () => {
    for (const [name, { facts }] of charts) {
      const expected: readonly string[] =
        name in operatorImages ? operatorImages[name as keyof typeof operatorImages] : [];
      assert.deepEqual(facts.images, [...expected].sort(), name);
      assert.doesNotMatch(facts.images.join(), /gcr\.io\/kubebuilder/);
    }
  });

  it("keep their CRDs where the stack says so", () => {
    let crds = 0;
    forEachObject((object, label) => {
      if (object.kind !== "CustomResourceDefinition") return;
      crds += 1;
      assert.deepEqual(valuesAt(object, ["metadata", "annotations", "helm.sh/resource-policy"]), ["keep"], label);
    });
    assert.equal(crds, 28);
  });

  it("hold no schema descriptions", () => {
    forEachObject((object, label) => {
      const [spec] = valuesAt(object, ["spec", "versions", "*", "schema", "openAPIV3Schema"]);
      assert.deepEqual(valuesAt(spec, ["description"]), [], label);
    });
  });

  it("name the webhook configurations that the gates wait for", () => {
    const names = (name: string) => {
      const facts = charts.get(name)?.facts;
      return [...(facts?.mutatingWebhookConfigurations ?? []), ...(facts?.validatingWebhookConfigurations ?? [])];
    };
    for (const prefix of ["openTelemetryOperator", "jaegerOperator"]) assert.equal(names(prefix).length, 2);
    for (const prefix of ["prometheusOperator", "metricsServer", "grafanaOperatorCrds"]) {
      assert.deepEqual(names(prefix), []);
    }
  });

  it("fit into a Secret, which the largest would not with its descriptions", () => {
    const size = (name: string, manifest: string) => recordSize(charts.get(name)?.files ?? {}, manifest);
    for (const [name, { files }] of charts) assert.ok(size(name, String(files["files/bundle.yaml"])) < 400_000, name);
    const raw = readFileSync(join(String(mirror), "bundles", `${bundleKey(bundles.prometheusOperator)}.yaml`), "utf8");
    assert.ok(recordSize({ "files/bundle.yaml": raw }, raw) > 1024 * 1024);
  }).timeout(20_000);

  it("have charts beside them that pull the images of versions.ts", () => {
    for (const key of ["certManager", "grafanaOperator"] as const) {
      const { name, version } = versionedCharts[key];
      const chart = unpack(readFileSync(join(String(mirror), "charts", `${name}-${version}.tgz`)));
      const images = imagesOf(parseManifest(String(chart?.[`${name}/files/objects.yaml`] ?? ""), name));
      assert.ok(images.length > 0);
      const known: readonly string[] = operatorImages[key];
      for (const image of images) assert.ok(known.includes(image), image);
    }
  });

  it("get the argument that a kind cluster needs", () => {
    const deployment = objects.get("metricsServer")?.find(({ kind }) => kind === "Deployment");
    const args = valuesAt(deployment, ["spec", "template", "spec", "containers", "*", "args", "*"]);
    assert.ok(args.includes("--kubelet-insecure-tls"));
  });
});

/** A CRD's schemas may well speak of namespaces and of "default". */
function withoutSchemas(object: ManifestObject): unknown {
  return object.kind === "CustomResourceDefinition" ? valuesAt(object, ["spec", "conversion"]) : object["spec"];
}

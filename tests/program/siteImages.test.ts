import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleArtifact, chartArtifact } from "../../artifacts/artifact.ts";
import { imagesOf, patchObjects } from "../../artifacts/manifests/bundlePatches.ts";
import { type ManifestObject, parseManifest } from "../../artifacts/manifests/manifest.ts";
import { valuesAt } from "../../artifacts/manifests/objectPath.ts";
import { podPath } from "../../artifacts/manifests/podTemplates.ts";
import { withPlainPatches } from "../../artifacts/plainChart.ts";
import { artifactsRequest } from "../../artifacts/request.ts";
import { unpack } from "../../artifacts/tarball.ts";
import { mirror } from "../../review/program/mirror.ts";
import { programRun, stacks } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { variants } from "../../review/program/variants.ts";
import { parseSettings } from "../../settings/read.ts";
import { under } from "../support/under.ts";

const registry = "registry.site.example:5000/mirror";
const images = JSON.stringify({ registry, pullSecrets: ["registry"] });
const sampleApi = JSON.stringify({ image: `${registry}/python-api:1` });
const configs: Readonly<Record<string, Record<string, string>>> = {
  ...Object.fromEntries(stacks.map((stack) => [`stack ${stack}`, { ...stackConfig(stack), images, sampleApi }])),
  "hosts behind oauth2-proxy": { ...variants["hosts behind oauth2-proxy"], images, sampleApi },
  "engine operator": { images, sampleApi, jaegerEngine: "operator" },
};
/** Where upstream's images are. */
const upstream = /\b(quay\.io|ghcr\.io|docker\.io|gcr\.io|registry\.k8s\.io)\/[\w./-]+:[\w.-]+/;

/** Kinds that make pods, and how their pods come by Secrets: a field of their own, or an account that has them. */
const withAccount = ["OpenTelemetryCollector"];

describe("images.registry and images.pullSecrets", function () {
  this.timeout(120_000);

  for (const [what, config] of Object.entries(configs)) {
    it(`hold every image and pod of what is registered: ${what}`, async () => {
      const { registered, outputs } = await programRun(config);
      const objects = registered.filter(({ type }) => type.startsWith("kubernetes:") && !type.includes(":helm.sh/"));
      let named = 0;
      for (const { label, inputs } of objects) {
        assert.doesNotMatch(JSON.stringify(inputs), upstream, label);
        const found = under(inputs, "image").filter((image) => typeof image === "string");
        named += found.length;
        for (const image of found) assert.ok(image.startsWith(`${registry}/`), `${label}: ${image}`);
        const kind = String(inputs["kind"]);
        const makesPods =
          podPath(kind) !== undefined || ["Prometheus", "Alertmanager", "Grafana", "Jaeger"].includes(kind);
        if (makesPods || kind === "ServiceAccount") {
          assert.deepEqual(under(inputs, "imagePullSecrets"), [[{ name: "registry" }]], label);
        }
        if (withAccount.includes(kind)) assert.equal(under(inputs, "serviceAccount").length, 1, label);
      }
      assert.ok(named > 10);
      assert.ok(JSON.stringify(objects.map(({ inputs }) => inputs)).includes(`${registry}/grafana/grafana:`));
      for (const image of outputs["images"] as string[]) assert.ok(image.startsWith(`${registry}/`), image);
    });

    it(`hold every image and pod of the operators' releases: ${what}`, async () => {
      const folder = mirror ?? (await standInFolder());
      const { bundles, charts } = artifactsRequest(parseSettings(config));
      const patched = [
        ...Object.values(bundles).map(({ spec, patches }): [string, ManifestObject[]] => {
          const { path, key } = bundleArtifact(spec);
          return [key, patchObjects(parseManifest(readFileSync(join(folder, path), "utf8"), key), patches, key)];
        }),
        // A mirror may hold a chart already rendered; of one with templates its values decide.
        ...Object.values(charts).map(({ spec, patches }): [string, ManifestObject[]] => {
          const { path, key } = chartArtifact(spec);
          const files = unpack(withPlainPatches(readFileSync(join(folder, path)), patches, key)) ?? {};
          const plain = Object.entries(files).filter(([file]) => /\/files\/.*\.yaml$/.test(file));
          return [key, plain.flatMap(([file, content]) => parseManifest(content.toString("utf8"), file))];
        }),
      ];
      for (const [key, objects] of patched) {
        const found = imagesOf(objects);
        assert.ok(found.length > 0 || key.includes("crds"), key);
        for (const image of found) assert.ok(image.startsWith(`${registry}/`), `${key}: ${image}`);
        for (const object of objects) {
          const path = podPath(object.kind);
          if (path === undefined) continue;
          const secrets = valuesAt(object, [...path, "imagePullSecrets"]);
          assert.deepEqual(secrets, [[{ name: "registry" }]], `${key}: ${object.kind} ${object.metadata.name}`);
        }
      }
    });
  }

  it("go to the operator for what other teams' objects leave out", () => {
    const { bundles } = artifactsRequest(parseSettings({ images }));
    const args = Object.values(bundles.openTelemetryOperator?.patches.extraArgs ?? {}).flat();
    assert.equal(args.filter((arg) => arg.includes(`-image=${registry}/`)).length, 6);
  });
});

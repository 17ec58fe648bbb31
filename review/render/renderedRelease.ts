import { CORE_SCHEMA, loadAll } from "js-yaml";
import { type ManifestObject, formatManifest } from "../../artifacts/manifests/manifest.ts";
import { updateAt } from "../../artifacts/manifests/objectPath.ts";
import { chartArguments } from "./chart.ts";
import type { ReleaseInputs } from "./releaseInputs.ts";

/**
 * Helm's arguments to render a release without a cluster; the values are given on standard input.
 *
 * @param folder that a relative chart is relative to
 * @param kubeVersion what the chart is told about the cluster, e.g. `v1.36.3`
 */
export function templateArguments(release: ReleaseInputs, folder: string, kubeVersion: string): string[] {
  return [
    ...["template", release.name, ...chartArguments(release, folder)],
    ...["--namespace", release.namespace],
    ...["--values", "-"],
    ...["--kube-version", kubeVersion],
    release.skipCrds ? "--skip-crds" : "--include-crds",
  ];
}

/**
 * What a release holds, for people to read: all objects without the CRDs' schemas, which are 99 % of the text.
 *
 * @param manifest the output of `helm template`
 */
export function readableManifest(manifest: string): string {
  // Not `parseManifest`: a chart may leave the namespace to Helm.
  const objects = loadAll(manifest, undefined, { schema: CORE_SCHEMA }).filter(Boolean) as ManifestObject[];
  return formatManifest(
    objects.map((object) => (object.kind === "CustomResourceDefinition" ? withoutSchemas(object) : object)),
  );
}

function withoutSchemas(crd: ManifestObject): ManifestObject {
  return updateAt(crd, ["spec", "versions", "*", "schema"], () => undefined) as ManifestObject;
}

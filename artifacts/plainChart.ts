import { CORE_SCHEMA, YAMLException, loadAll } from "js-yaml";
import { type BundlePatches, imagesOf, patchObjects } from "./manifests/bundlePatches.ts";
import { type ManifestObject, formatManifest } from "./manifests/manifest.ts";
import { pack, unpack } from "./tarball.ts";

/** What the stack changes in a chart that holds plain objects. */
export type ChartPatches = Pick<BundlePatches, "crdPolicy" | "images" | "pullSecrets" | "resources">;

/**
 * Patches the objects that a packed chart holds as they are, as those of a release manifest. A mirror may hold a chart already rendered, and
 * then no value reaches them. Templates stay as they are: there the chart's values decide.
 *
 * @param archive a chart as `.tgz`
 * @param patches what to change
 * @param source how errors name the chart
 * @returns the same bytes where there is nothing to change
 * @throws ArtifactError as `patchObjects` does, for a file that holds Deployments
 */
export function withPlainPatches(archive: Uint8Array, patches: ChartPatches, source: string): Uint8Array {
  const files = unpack(archive);
  if (files === undefined) return archive;
  const changed = Object.entries(files).flatMap(([path, content]) => {
    const text = patchPlainObjects(content.toString("utf8"), patches, `${source}: ${path}`);
    return text === undefined ? [] : [[path, text] as const];
  });
  return changed.length === 0 ? archive : pack({ ...files, ...Object.fromEntries(changed) });
}

/** The file with its objects patched; `undefined` where it holds none to patch, or is a template. */
function patchPlainObjects(text: string, patches: ChartPatches, source: string): string | undefined {
  // Most files need no parsing.
  const crds = /^kind: CustomResourceDefinition$/m.test(text);
  // What a template makes of its values may look like YAML.
  const pods = /^kind: (Deployment|Job)$/m.test(text) && !text.includes("{{");
  if (!crds && !pods) return undefined;
  let documents: unknown[];
  try {
    documents = loadAll(text, undefined, { schema: CORE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
  const objects = documents.filter(Boolean) as ManifestObject[];
  const deployments = objects.some(({ kind }) => kind === "Deployment");
  const { resources, images = {}, ...others } = patches;
  // Each file has some of the chart's images.
  const found = imagesOf(objects);
  const own = Object.fromEntries(Object.entries(images).filter(([image]) => found.includes(image)));
  return formatManifest(
    patchObjects(objects, { ...others, images: own, ...(deployments ? { resources } : {}) }, source),
  );
}

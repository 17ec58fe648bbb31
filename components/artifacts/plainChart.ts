import { CORE_SCHEMA, YAMLException, loadAll } from "js-yaml";
import { type BundlePatches, withCrdPolicy } from "../operators/bundlePatches.ts";
import { type ManifestObject, formatManifest } from "../operators/manifest.ts";
import { pack, unpack } from "./tarball.ts";

/**
 * Sets what an uninstall does with the CRDs that a packed chart holds as plain objects. A mirror may hold a chart already rendered, and
 * then no value reaches its CRDs. Templates stay as they are: there the chart's values decide.
 *
 * @param archive a chart as `.tgz`
 * @returns the same bytes where there is nothing to change
 */
export function withPlainCrdPolicy(archive: Uint8Array, policy: BundlePatches["crdPolicy"]): Uint8Array {
  const files = unpack(archive);
  if (files === undefined) return archive;
  const changed = Object.entries(files).flatMap(([path, content]) => {
    const text = patchPlainCrds(content.toString("utf8"), policy);
    return text === undefined ? [] : [[path, text] as const];
  });
  return changed.length === 0 ? archive : pack({ ...files, ...Object.fromEntries(changed) });
}

/** The file with the policy on its CRDs; `undefined` where it holds none, or is a template. */
function patchPlainCrds(text: string, policy: BundlePatches["crdPolicy"]): string | undefined {
  // Most files need no parsing.
  if (!/^kind: CustomResourceDefinition$/m.test(text)) return undefined;
  let documents: unknown[];
  try {
    documents = loadAll(text, undefined, { schema: CORE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
  const objects = documents.filter(Boolean) as ManifestObject[];
  return formatManifest(
    objects.map((object) => (object.kind === "CustomResourceDefinition" ? withCrdPolicy(object, policy) : object)),
  );
}

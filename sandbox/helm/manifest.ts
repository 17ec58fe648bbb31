import { loadAll } from "js-yaml";
import type { ObjectRef } from "../runner/identity.ts";

/**
 * The objects of a release's manifest; `namespace` is missing where the manifest names none.
 *
 * @param manifest YAML documents
 */
export function manifestRefs(manifest: string): ObjectRef[] {
  const objects = splitDocuments(manifest).flatMap((document) => loadAll(headOf(document)));
  return objects.flatMap((object) => {
    const { apiVersion, kind, metadata } = (object ?? {}) as Partial<ManifestHead>;
    if (apiVersion === undefined || kind === undefined || metadata?.name === undefined) return [];
    const namespace = metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
    return [{ apiVersion, kind, ...namespace, name: metadata.name }];
  });
}

interface ManifestHead {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; namespace?: string };
}

/** Only these fields name an object; parsing the schemas of large CRDs would take seconds. */
const HEAD_FIELDS = new Set(["apiVersion", "kind", "metadata"]);

/** The top-level fields that name an object, as YAML. */
function headOf(document: string): string {
  let kept = true;
  const lines = document.split("\n").filter((line) => {
    const field = /^"?([A-Za-z]+)"?:/.exec(line)?.[1];
    if (field !== undefined) kept = HEAD_FIELDS.has(field);
    return kept;
  });
  return lines.join("\n");
}

/** The documents of a YAML stream. */
export function splitDocuments(stream: string): string[] {
  return stream.split(/^---(?:[ \t].*)?$/m).filter((document) => document.trim() !== "");
}

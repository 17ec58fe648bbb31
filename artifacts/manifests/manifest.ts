import { CORE_SCHEMA, YAMLException, dump, loadAll } from "js-yaml";
import { ArtifactError } from "../artifactError.ts";
import { type Fields, isFields, valuesAt } from "./objectPath.ts";

/** One Kubernetes object of a release manifest. */
export interface ManifestObject extends Fields {
  apiVersion: string;
  kind: string;
  metadata: Fields & { name: string; namespace?: string };
}

/** Kinds without a namespace that release manifests hold; custom ones are read from the manifest's own CRDs. */
const clusterKinds = new Set([
  "APIService",
  "CSIDriver",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "FlowSchema",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
]);

/**
 * Reads a release manifest.
 *
 * @param text YAML documents; empty ones are left out
 * @param source how errors name the manifest: its file or URL
 * @throws ArtifactError in one line when the text is not YAML (with the line), a document is no object with `apiVersion`, `kind` and
 * `metadata.name`, or an object of a namespaced kind says no namespace
 */
export function parseManifest(text: string, source: string): ManifestObject[] {
  const objects = readDocuments(text, source)
    .filter((document) => document !== null && document !== undefined)
    .map((document, index) => checkObject(document, index + 1, source));
  if (objects.length === 0) throw new ArtifactError(`${source}: the manifest holds no object`);

  const ownClusterKinds = new Set(
    objects
      .filter(({ kind, spec }) => kind === "CustomResourceDefinition" && valuesAt(spec, ["scope"])[0] === "Cluster")
      .flatMap(({ spec }) => valuesAt(spec, ["names", "kind"])),
  );
  for (const { kind, metadata } of objects) {
    const namespaced = !clusterKinds.has(kind) && !ownClusterKinds.has(kind);
    // Helm would put it into the release's namespace without a word.
    if (namespaced && !metadata.namespace) {
      throw new ArtifactError(`${source}: ${kind} "${metadata.name}" says no metadata.namespace`);
    }
  }
  return objects;
}

/** Writes objects as YAML documents, ready for Helm: each starts with `---`. */
export function formatManifest(objects: readonly ManifestObject[]): string {
  return objects.map((object) => `---\n${dump(object, { noRefs: true, noArrayIndent: true, lineWidth: -1 })}`).join("");
}

function readDocuments(text: string, source: string): unknown[] {
  try {
    // CORE_SCHEMA: as in Kubernetes, a date is text.
    return loadAll(text, undefined, { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // The library counts lines from 0.
    throw new ArtifactError(`${source}:${error.mark.line + 1}: not YAML: ${error.reason.replace(/\s*\n\s*/g, " ")}`);
  }
}

function checkObject(document: unknown, position: number, source: string): ManifestObject {
  const where = `${source}: document ${position}`;
  if (!isFields(document)) throw new ArtifactError(`${where} is no Kubernetes object but ${describe(document)}`);
  for (const path of ["apiVersion", "kind", "metadata.name"]) {
    const [value] = valuesAt(document, path.split("."));
    if (typeof value !== "string" || value === "") {
      const kind = typeof document.kind === "string" ? ` (kind ${document.kind})` : "";
      throw new ArtifactError(`${where}${kind} has no ${path}`);
    }
  }
  return document as ManifestObject;
}

function describe(value: unknown): string {
  return Array.isArray(value) ? "a list" : `the text "${String(value).slice(0, 40)}"`;
}

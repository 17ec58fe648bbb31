import { ApiError, UnknownKindError } from "./apiError.ts";
import type { Transport } from "./transport.ts";

/** Names an object of the Kubernetes API. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  /** Missing for kinds that are in no namespace. */
  namespace?: string;
  name: string;
}

/** An object as the API server gives it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    finalizers?: string[];
    deletionTimestamp?: string;
    generation?: number;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** How to apply an object. */
export interface ApplyOptions {
  /** Owner of the fields. */
  manager: string;
}

interface ResourceKind {
  plural: string;
  namespaced: boolean;
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean }[];
}

/** Reads, applies and deletes objects of any kind. */
export class KubeClient {
  readonly #send: Transport;
  readonly #kinds = new Map<string, Promise<Map<string, ResourceKind>>>();

  constructor(send: Transport) {
    this.#send = send;
  }

  /** The object, or undefined when there is none (or no such kind). */
  async get(ref: ObjectRef): Promise<KubeObject | undefined> {
    const kind = await this.#find(ref.apiVersion, ref.kind);
    if (kind === undefined) return undefined;
    return this.#orUndefined(this.#send({ method: "GET", path: objectPath(ref, kind) })) as Promise<
      KubeObject | undefined
    >;
  }

  /**
   * Objects of one kind.
   *
   * @param selector label selector
   */
  async list(apiVersion: string, kind: string, namespace?: string, selector?: string): Promise<KubeObject[]> {
    const found = await this.#find(apiVersion, kind);
    if (found === undefined) return [];
    const query = selector === undefined ? "" : `?labelSelector=${encodeURIComponent(selector)}`;
    const answer = await this.#send({ method: "GET", path: collectionPath(apiVersion, found, namespace) + query });
    return (answer as { items: KubeObject[] }).items;
  }

  /**
   * Server-side apply with strict field validation; takes fields over from other managers.
   *
   * @returns the object as it then is
   * @throws ApiError when the server refuses it, UnknownKindError when it knows no such kind.
   */
  async apply(object: Record<string, unknown>, ref: ObjectRef, options: ApplyOptions): Promise<KubeObject> {
    const kind = await this.#find(ref.apiVersion, ref.kind);
    if (kind === undefined) throw new UnknownKindError(ref.apiVersion, ref.kind);
    const query = new URLSearchParams({ fieldManager: options.manager, force: "true", fieldValidation: "Strict" });
    return (await this.#send({
      method: "PATCH",
      path: `${objectPath(ref, kind)}?${query.toString()}`,
      body: withEncodedData(object),
      contentType: "application/apply-patch+yaml",
    })) as KubeObject;
  }

  /**
   * Asks for deletion, dependents first as the Kubernetes provider does; those of a custom resource follow it. Nothing
   * happens when the object is gone.
   */
  async delete(ref: ObjectRef): Promise<void> {
    const kind = await this.#find(ref.apiVersion, ref.kind);
    if (kind === undefined) return;
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagation(ref.apiVersion) };
    await this.#orUndefined(this.#send({ method: "DELETE", path: objectPath(ref, kind), body }));
  }

  /** Whether objects of the kind live in a namespace; undefined when the server knows no such kind. */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean | undefined> {
    return (await this.#find(apiVersion, kind))?.namespaced;
  }

  /** Asked again when the kind is not found: its CRD may have come since. */
  async #find(apiVersion: string, kind: string): Promise<ResourceKind | undefined> {
    const known = await this.#kinds.get(apiVersion);
    const found = known?.get(kind);
    if (found !== undefined) return found;
    const asked = this.#discover(apiVersion);
    this.#kinds.set(apiVersion, asked);
    try {
      return (await asked).get(kind);
    } catch (error) {
      this.#kinds.delete(apiVersion);
      throw error;
    }
  }

  async #discover(apiVersion: string): Promise<Map<string, ResourceKind>> {
    const answer = (await this.#orUndefined(this.#send({ method: "GET", path: versionPath(apiVersion) }))) as
      ResourceList | undefined;
    const kinds = (answer?.resources ?? []).filter((resource) => !resource.name.includes("/"));
    return new Map(kinds.map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
  }

  async #orUndefined(answer: Promise<unknown>): Promise<unknown> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }
}

/**
 * The garbage collector, which dependents first is left to, looks for new kinds every 30 s only: a custom resource would
 * wait for that where its CRD has just come.
 */
function propagation(apiVersion: string): "Foreground" | "Background" {
  const [group = ""] = apiVersion.includes("/") ? apiVersion.split("/") : [];
  return !group.includes(".") || group.endsWith(".k8s.io") ? "Foreground" : "Background";
}

/** A Secret's `stringData` as `data`: the server does not take a key out of `data` that is gone from `stringData`. */
export function withEncodedData(object: Record<string, unknown>): Record<string, unknown> {
  if (object.kind !== "Secret" || object.stringData === undefined) return object;
  const { stringData, data, ...rest } = object;
  const encoded = Object.entries(stringData as Record<string, string>).map(([key, value]) => [
    key,
    Buffer.from(value).toString("base64"),
  ]);
  return { ...rest, data: { ...(data as object | undefined), ...(Object.fromEntries(encoded) as object) } };
}

function versionPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function collectionPath(apiVersion: string, kind: ResourceKind, namespace: string | undefined): string {
  const scope = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${versionPath(apiVersion)}${scope}/${kind.plural}`;
}

function objectPath(ref: ObjectRef, kind: ResourceKind): string {
  const collection = collectionPath(ref.apiVersion, kind, ref.namespace ?? "default");
  return `${collection}/${encodeURIComponent(ref.name)}`;
}

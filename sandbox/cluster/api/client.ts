import { UserError } from "../../../cli/errors.ts";
import type { KubeRef } from "../../../recovery/deployment.ts";
import { ApiError } from "./apiError.ts";
import { type ApiRequest, createTransport, type Transport } from "./transport.ts";

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

/** A list without specs: those of CRDs would be megabytes. */
const namesOnly = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

interface ResourceKind {
  plural: string;
  namespaced: boolean;
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean }[];
}

/**
 * A client for the cluster of a kubeconfig that the sandbox wrote.
 *
 * @param signal ends waiting for an API server that is away
 * @throws UserError as `createTransport`
 */
export function openCluster(kubeconfig: string, signal?: AbortSignal): KubeClient {
  return new KubeClient(createTransport(kubeconfig, signal));
}

/** Reads, applies and deletes objects of any kind. */
export class KubeClient {
  readonly #send: Transport;
  readonly #kinds = new Map<string, Promise<Map<string, ResourceKind>>>();

  constructor(send: Transport) {
    this.#send = send;
  }

  /** The object, or undefined when there is none (or no such kind). */
  async get(ref: KubeRef): Promise<KubeObject | undefined> {
    const kind = await this.#find(ref.apiVersion, ref.kind);
    return kind && this.#ifThere<KubeObject>({ method: "GET", path: objectPath(ref, kind) });
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
    // The items of a list do not say their kind.
    return (answer as { items: KubeObject[] }).items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Names of the objects of one kind, in all namespaces; those that are being deleted do not count. */
  async names(apiVersion: string, kind: string): Promise<Set<string>> {
    const found = await this.#find(apiVersion, kind);
    if (found === undefined) return new Set();
    const path = collectionPath(apiVersion, found, undefined);
    const { items } = (await this.#send({ method: "GET", path, accept: namesOnly })) as { items: KubeObject[] | null };
    return new Set((items ?? []).flatMap(({ metadata }) => (metadata.deletionTimestamp ? [] : [metadata.name])));
  }

  /**
   * Server-side apply with strict field validation; takes fields over from other managers.
   *
   * @param manager owner of the fields
   * @throws ApiError when the server refuses it, UserError when it knows no such kind.
   */
  async apply(object: KubeObject, manager: string): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const found = await this.#find(apiVersion, kind);
    if (found === undefined)
      throw new UserError(`the API server knows no ${kind} of ${apiVersion}: is its CRD installed?`);
    const query = new URLSearchParams({ fieldManager: manager, force: "true", fieldValidation: "Strict" });
    await this.#send({
      method: "PATCH",
      path: `${objectPath({ apiVersion, kind, ...metadata }, found)}?${query.toString()}`,
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  }

  /** Asks for deletion, dependents after it. Nothing happens when the object is gone. */
  async delete(ref: KubeRef): Promise<void> {
    const kind = await this.#find(ref.apiVersion, ref.kind);
    if (kind === undefined) return;
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" };
    await this.#ifThere({ method: "DELETE", path: objectPath(ref, kind), body });
  }

  /** Whether objects of the kind live in a namespace; undefined when the server knows no such kind. */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean | undefined> {
    return (await this.#find(apiVersion, kind))?.namespaced;
  }

  /** Whether the server serves a custom kind and has published its schema: different parts of it do so, in any order. */
  async isPublished(apiVersion: string, kind: string): Promise<boolean> {
    const found = await this.#find(apiVersion, kind);
    if (found === undefined) return false;
    const path = `/openapi/v3/apis/${apiVersion}`;
    const schemas = await this.#ifThere<{ paths?: Record<string, unknown> }>({ method: "GET", path });
    return Object.keys(schemas?.paths ?? {}).some((each) => each.endsWith(`/${found.plural}/{name}`));
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
    const answer = await this.#ifThere<ResourceList>({ method: "GET", path: versionPath(apiVersion) });
    const kinds = (answer?.resources ?? []).filter((resource) => !resource.name.includes("/"));
    return new Map(kinds.map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
  }

  /** What the server answers; undefined where it has no such thing. */
  async #ifThere<Answer>(request: ApiRequest): Promise<Answer | undefined> {
    try {
      return (await this.#send(request)) as Answer;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }
}

function versionPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function collectionPath(apiVersion: string, kind: ResourceKind, namespace: string | undefined): string {
  const scope = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${versionPath(apiVersion)}${scope}/${kind.plural}`;
}

function objectPath(ref: KubeRef, kind: ResourceKind): string {
  const collection = collectionPath(ref.apiVersion, kind, ref.namespace ?? "default");
  return `${collection}/${encodeURIComponent(ref.name)}`;
}

import { releaseType } from "../components/operators/releaseDescription.ts";

/** A stack's state as `pulumi stack export` writes it, as far as recovery looks at it. */
export interface ExportedState {
  version: number;
  deployment: {
    resources?: ResourceState[];
    pending_operations?: PendingOperation[];
  };
}

/** A resource in a state. */
export interface ResourceState {
  urn: string;
  type: string;
  id?: string;
  /** The old one of a replacement, which has the URN of the new one: it is still to be deleted. */
  delete?: boolean;
  /** It is deleted, and its replacement still to be made. */
  pendingReplacement?: boolean;
  /** URNs of what must stand before it in the state. */
  parent?: string;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  deletedWith?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** Why it is not as it should be: the next up works on it, whether its inputs changed or not. */
  initErrors?: string[];
}

/** What the engine had begun and not written down as done. */
export interface PendingOperation {
  resource: ResourceState;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

/** Where a release is: Helm knows it by both. */
export interface ReleaseRef {
  namespace: string;
  name: string;
}

/** An object of the Kubernetes API, as kubectl names it. */
export interface KubeRef {
  apiVersion: string;
  kind: string;
  /** Missing for kinds that are in no namespace. */
  namespace?: string;
  name: string;
}

/** As the provider has it for an object or release, and people for what is in a namespace. */
export function idOf({ namespace, name }: { namespace?: string; name: string }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** A resource as people know it: its type and its name. */
export function nameOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split("$").at(-1) ?? ""} ${name.join("::")}`;
}

/** The release that a resource is; undefined for anything else. */
export function releaseOf({ type, inputs = {} }: ResourceState): ReleaseRef | undefined {
  const { namespace, name } = inputs as Partial<ReleaseRef>;
  return type === releaseType && typeof name === "string" ? { namespace: namespace ?? "default", name } : undefined;
}

/** The object that a resource is; undefined for anything else, such as a patch of somebody else's object. */
export function objectOf({ type, inputs = {} }: ResourceState): KubeRef | undefined {
  const { apiVersion, kind, metadata } = inputs as {
    apiVersion?: string;
    kind?: string;
    metadata?: { name?: string; namespace?: string };
  };
  if (!type.startsWith("kubernetes:") || apiVersion === undefined || kind === undefined) return undefined;
  if (metadata?.name === undefined || type.endsWith(`:${kind}Patch`)) return undefined;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** What is done to the resources of a state; each is one that is in it, or was pending. */
export interface Edit {
  add: ResourceState[];
  unfinished: ResourceState[];
  remove: ResourceState[];
  /** What those that are added or unfinished have as their error. */
  why: string;
}

/** The state with pending operations taken away, resources taken in, put right and taken out. */
export function editedState(state: ExportedState, { add, unfinished, remove, why }: Edit): ExportedState {
  const marked = (resource: ResourceState) => ({ ...resource, initErrors: [why] });
  let resources = (state.deployment.resources ?? []).map((resource) =>
    unfinished.some((each) => isSame(resource, each)) ? marked(resource) : resource,
  );
  for (const gone of remove) resources = without(resources, gone);
  for (const made of add) resources = withReplacement(resources, marked(made));
  const deployment = { ...state.deployment, resources };
  delete deployment.pending_operations;
  return { ...state, deployment };
}

/** Whether a resource of the state is the one of an operation. That of an update may not have its id yet. */
export function isSame(resource: ResourceState, { urn, id = "", delete: isOld = false }: ResourceState): boolean {
  return resource.urn === urn && (resource.delete ?? false) === isOld && (id === "" || resource.id === id);
}

/** What others depend on is only deleted to be made anew: it keeps its place for that, as the engine would have noted. */
function without(resources: readonly ResourceState[], gone: ResourceState): ResourceState[] {
  const others = resources.filter((resource) => !isSame(resource, gone));
  const isNeeded = gone.delete !== true && others.some((each) => neededBy(each).includes(gone.urn));
  if (!isNeeded) return others;
  return resources.map((resource) => (isSame(resource, gone) ? { ...resource, pendingReplacement: true } : resource));
}

function neededBy({ parent, dependencies, propertyDependencies, deletedWith }: ResourceState): unknown[] {
  return [parent, deletedWith, ...(dependencies ?? []), ...Object.values(propertyDependencies ?? {}).flat()];
}

/**
 * One that is deleted gives its place to its replacement, so that what depends on it stands behind it; another is still to be
 * deleted, unless it is the same one: the engine deletes by id.
 */
function withReplacement(resources: readonly ResourceState[], made: ResourceState): ResourceState[] {
  const place = resources.findIndex(
    ({ urn, id, pendingReplacement }) => urn === made.urn && (pendingReplacement === true || id === made.id),
  );
  if (place !== -1) return resources.with(place, made);
  const old = resources.map((resource) => (resource.urn === made.urn ? { ...resource, delete: true } : resource));
  return [...old, made];
}

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

/** The state with pending operations taken away, resources taken in, put right and taken out. */
export function editedState(
  state: ExportedState,
  edit: { add: ResourceState[]; unfinished: ReadonlySet<string>; remove: ReadonlySet<string>; why: string },
): ExportedState {
  const { resources = [] } = state.deployment;
  const kept = resources
    .filter(({ urn }) => !edit.remove.has(urn))
    .map((resource) => (edit.unfinished.has(resource.urn) ? { ...resource, initErrors: [edit.why] } : resource));
  const added = edit.add.map((resource) => ({ ...resource, initErrors: [edit.why] }));
  const deployment = { ...state.deployment, resources: [...kept, ...added] };
  delete deployment.pending_operations;
  return { ...state, deployment };
}

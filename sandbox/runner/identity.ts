/** Names an object of the Kubernetes API. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  /** Missing for kinds that are in no namespace. */
  namespace?: string;
  name: string;
}

/** What has to be found again to change or remove a resource; keys are in a fixed order, so that two can be compared as JSON. */
export type Identity =
  | { is: "object"; object: ObjectRef }
  | { is: "patch"; object: ObjectRef; manager: string }
  | { is: "release"; namespace: string; name: string }
  | { is: "password"; secret: string };

/** An object's name as people write it, e.g. "Deployment python-api/python-api". */
export function describeRef(ref: ObjectRef): string {
  return `${ref.kind} ${ref.namespace === undefined ? "" : `${ref.namespace}/`}${ref.name}`;
}

import type { KubeClient } from "../kube/client.ts";
import type { ObjectRef } from "./identity.ts";
import { FIELD_MANAGER } from "./step.ts";

/**
 * Namespace of what the sandbox itself keeps in the cluster: everything secret, so that nothing of it is in a file. One of
 * the cluster's own: a namespace takes five seconds to be deleted.
 */
export const KEPT_NAMESPACE = "kube-system";

/** Values by name. */
export type Kept = Record<string, string>;

/**
 * The Secret for one kept thing.
 *
 * @param scope "project.stack" that it belongs to
 * @param name any text; what no object's name may hold is replaced
 */
export function keptRef(scope: string, name: string): ObjectRef {
  const safe = `fluffy-sandbox.${scope}.${name}`.toLowerCase().replaceAll(/[^a-z0-9.-]/g, "-");
  return { apiVersion: "v1", kind: "Secret", namespace: KEPT_NAMESPACE, name: safe };
}

/** The values kept under a name; undefined when there are none. */
export async function readKept(client: KubeClient, ref: ObjectRef): Promise<Kept | undefined> {
  const secret = await client.get(ref);
  if (secret === undefined) return undefined;
  const data = Object.entries((secret.data ?? {}) as Record<string, string>);
  return Object.fromEntries(data.map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]));
}

/** Keeps values under a name. */
export async function writeKept(client: KubeClient, ref: ObjectRef, values: Kept): Promise<void> {
  const { apiVersion, kind, name } = ref;
  const object = { apiVersion, kind, metadata: { name, namespace: KEPT_NAMESPACE }, stringData: values };
  await client.apply(object, ref, { manager: FIELD_MANAGER });
}

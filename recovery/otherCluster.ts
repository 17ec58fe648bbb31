import { UserError } from "../cli/errors.ts";
import type { Cluster } from "./cluster.ts";
import { type ExportedState, objectOf } from "./deployment.ts";

/**
 * Refuses a cluster that has nothing of a stack: there it would look as if nothing of what the run was at had been done.
 *
 * @throws UserError when the state has namespaces, and the cluster none of them
 */
export async function refuseOtherCluster(
  { deployment: { resources = [], pending_operations: pending = [] } }: ExportedState,
  stack: string,
  cluster: Pick<Cluster, "object">,
): Promise<void> {
  // The run may have deleted the last one.
  const going = new Set(pending.filter(({ type }) => type === "deleting").map(({ resource }) => resource.urn));
  const staying = resources.filter(({ urn }) => !going.has(urn)).flatMap((resource) => objectOf(resource) ?? []);
  const namespaces = staying.filter(({ kind }) => kind === "Namespace");
  for (const namespace of namespaces) if ((await cluster.object(namespace)) !== undefined) return;
  if (namespaces.length === 0) return;
  throw new UserError(
    `the cluster has none of the namespaces that stack ${stack} has (${namespaces.map(({ name }) => name).join(", ")}): set kubeContext, or, where they are gone, run "pulumi refresh --stack ${stack}"`,
  );
}

import { syncStages } from "../cluster/cluster.ts";
import { errorLine, Interrupted } from "../errors.ts";
import { uninstallRelease } from "../helm/release.ts";
import type { Entry } from "../inventory.ts";
import type { KubeClient } from "../kube/client.ts";
import { untilGone, type Waiting } from "../kube/settle.ts";
import type { Report } from "../report.ts";
import { type Connection, deletion, ResourceError, type Row } from "./deployment.ts";
import { type Identity, type ObjectRef } from "./identity.ts";
import { KEPT_NAMESPACE } from "./kept.ts";
import { removePatch } from "./resources/patch.ts";

/** More at once would only keep two processors busy with Helm. */
const AT_ONCE = 4;

/**
 * Removes resources, dependents before what they depend on, and takes each out of the inventory.
 *
 * @param rows gets what was removed
 * @throws ResourceError for the first that cannot be removed, once those under way have ended.
 */
export async function removeEntries(
  entries: readonly Entry[],
  connection: Connection,
  report: Report,
  signal: AbortSignal,
  rows: Row[],
): Promise<void> {
  const left = new Set(entries);
  const running = new Map<Entry, Promise<void>>();
  let failure: unknown;
  while (left.size > 0) {
    const ready = removable([...left]).filter((entry) => !running.has(entry));
    for (const entry of failure === undefined ? ready.slice(0, AT_ONCE - running.size) : []) {
      const work = removeEntry(entry, connection, report, signal)
        .then(() => {
          left.delete(entry);
          rows.push(deletion(entry));
        })
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => running.delete(entry));
      running.set(entry, work);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (failure instanceof Error) throw failure;
}

/**
 * The entries that nothing else may still depend on. What an older run registered and the last one did not comes first:
 * the last run was stopped before it came to it, or it is no longer part of the program.
 */
export function removable(entries: readonly Entry[]): Entry[] {
  const oldest = Math.min(...entries.map((entry) => entry.run));
  const candidates = entries.filter((entry) => entry.run === oldest);
  return candidates.filter(({ ended }) => candidates.every((other) => ended === undefined || other.began < ended));
}

async function removeEntry(entry: Entry, connection: Connection, report: Report, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new Interrupted();
  const activity = report.activity(`deleting ${entry.type} ${entry.name}`);
  try {
    await remove(entry.identity, connection, { activity, signal });
    connection.inventory.remove(entry.identity);
    activity.done("deleted");
  } catch (error) {
    activity.fail(error instanceof Interrupted ? "stopped" : undefined);
    if (error instanceof Interrupted) throw error;
    throw new ResourceError(`${entry.type} ${entry.name}: ${errorLine(error)}`);
  }
}

async function remove(identity: Identity, connection: Connection, waiting: Waiting): Promise<void> {
  const { client, cluster, helm, syncOperators } = connection;
  switch (identity.is) {
    case "object":
      await deleteObject(client, identity.object, waiting);
      return;
    case "patch":
      await removePatch(client, identity);
      return;
    case "release":
      waiting.activity.update("helm uninstall waits until its objects are gone");
      await uninstallRelease(helm, identity.namespace, identity.name);
      // Its kinds may be gone: their simulated operators must not be left behind.
      await syncStages(cluster);
      await syncOperators();
      return;
    case "password":
      await deleteObject(client, keptSecret(identity.secret), waiting);
      return;
  }
}

/** Deletes an object and waits until it is gone. */
export async function deleteObject(client: KubeClient, ref: ObjectRef, waiting: Waiting): Promise<void> {
  const live = await client.get(ref);
  if (live === undefined) return;
  await client.delete(ref);
  await untilGone(client, ref, live.metadata.uid, waiting);
}

function keptSecret(name: string): ObjectRef {
  return { apiVersion: "v1", kind: "Secret", namespace: KEPT_NAMESPACE, name };
}

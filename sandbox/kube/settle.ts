import { Interrupted } from "../errors.ts";
import type { Activity } from "../report.ts";
import { describeRef, type ObjectRef } from "../runner/identity.ts";
import type { KubeClient, KubeObject } from "./client.ts";
import { conditionsOf, hintOf, timeoutOf } from "./wait.ts";

/** Where a wait is shown, and what ends it early. */
export interface Waiting {
  activity: Activity;
  signal: AbortSignal;
}

/** Short at first, so that what is quick costs little; then easy on the API server. */
const POLL_MS = [20, 50, 100, 200, 300];

/** Objects of the sandbox have nothing to finish; a longer wait means that a finalizer is stuck. */
export const DELETE_TIMEOUT_SECONDS = 300;

/**
 * Waits until an applied object is what its annotations or its kind call for.
 *
 * @param customTimeout the resource's own time limit, as Pulumi writes it
 * @returns the object as it then is
 * @throws Error naming the object and what is still missing, when the time is over.
 */
export async function untilReady(
  client: KubeClient,
  ref: ObjectRef,
  applied: KubeObject,
  waiting: Waiting,
  customTimeout?: string,
): Promise<KubeObject> {
  const conditions = conditionsOf(applied);
  let object = applied;
  const missing = () => conditions.flatMap((condition) => condition.missing(object) ?? [])[0];
  if (missing() === undefined) return object;
  await poll(timeoutOf(applied, customTimeout), waiting, describeRef(ref), async () => {
    const live = await client.get(ref);
    if (live === undefined) return "it is not there any more";
    object = live;
    return missing();
  }).catch((error: unknown) => {
    if (error instanceof Error && !(error instanceof Interrupted)) error.message += hintOf(applied);
    throw error;
  });
  return object;
}

/**
 * Waits until an object is gone.
 *
 * @param uid of the object that was deleted: another one of that name counts as gone
 * @throws Error naming the object and the finalizers that hold it, when the time is over.
 */
export async function untilGone(client: KubeClient, ref: ObjectRef, uid: unknown, waiting: Waiting): Promise<void> {
  await poll(DELETE_TIMEOUT_SECONDS, waiting, describeRef(ref), async () => {
    const live = await client.get(ref);
    if (live === undefined || live.metadata.uid !== uid) return undefined;
    return `it is being deleted${heldBy(live)}`;
  });
}

/** Why an object that is being deleted is still there. */
function heldBy(object: KubeObject): string {
  const finalizers = object.metadata.finalizers ?? [];
  const own = finalizers.filter((finalizer) => finalizer !== "foregroundDeletion");
  if (own.length > 0) return `, held by finalizer ${own.join(", ")}`;
  const conditions = (object.status as { conditions?: { status: string; message?: string }[] } | undefined)?.conditions;
  const reasons = (object.kind === "Namespace" ? (conditions ?? []) : []).filter(({ status }) => status === "True");
  return reasons.length === 0 ? "" : `: ${reasons.flatMap(({ message }) => message ?? []).join("; ")}`;
}

/** Looks again and again until nothing is missing. */
async function poll(
  timeoutSeconds: number,
  { activity, signal }: Waiting,
  subject: string,
  look: () => Promise<string | undefined>,
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (let round = 0; ; round++) {
    const missing = await look();
    if (missing === undefined) return;
    if (signal.aborted) throw new Interrupted();
    if (Date.now() > deadline) {
      throw new Error(`${subject} was not ready within ${String(timeoutSeconds)} s: ${missing}`);
    }
    activity.update(`waiting for ${subject}: ${missing}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS[Math.min(round, POLL_MS.length - 1)]));
  }
}

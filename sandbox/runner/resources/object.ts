import { ApiError, UnknownKindError } from "../../kube/apiError.ts";
import type { KubeObject } from "../../kube/client.ts";
import { diffObjects } from "../../kube/diff.ts";
import { untilGone, untilReady } from "../../kube/settle.ts";
import { describeRef, type ObjectRef } from "../identity.ts";
import { FIELD_MANAGER, objectId, type Handler, type Step, type StepResult, type World } from "../step.ts";
import { markSecrets } from "../values.ts";

/** Any object of the Kubernetes API, custom resources included. */
export const objectHandler: Handler = {
  identity: (step) => ({ is: "object", object: refOf(step) }),
  apply: (step, world) => (world.dryRun ? preview(step, world) : apply(step, world)),
};

/** A new kind is served a moment after its CRD was made. */
const KIND_TIMEOUT_MS = 10_000;
const KIND_PAUSE_MS = 200;

async function apply(step: Step, world: World): Promise<StepResult> {
  const ref = refOf(step);
  const waiting = { activity: step.activity, signal: world.signal };
  let live = await world.client.get(ref);
  if (live?.metadata.deletionTimestamp !== undefined) {
    // Applied now it would be gone a moment later.
    await untilGone(world.client, ref, live.metadata.uid, waiting);
    live = undefined;
  }
  const applied = await whenServed(step, () =>
    world.client.apply(objectOf(step, ref), ref, { manager: FIELD_MANAGER }),
  );
  const timeout = live === undefined ? step.timeouts.create : step.timeouts.update;
  const ready = await untilReady(world.client, ref, applied, waiting, timeout);
  return { ...compare(step, live, applied), outputs: outputsOf(step, ready) };
}

async function preview(step: Step, world: World): Promise<StepResult> {
  const ref = refOf(step);
  const live = await world.client.get(ref);
  if (step.hasUnknown) return unchecked(step, ref, live, "some values are known only after up");
  try {
    const wanted = await world.client.apply(objectOf(step, ref), ref, { manager: FIELD_MANAGER, dryRun: true });
    return compare(step, live, wanted);
  } catch (error) {
    const reason = notThereYet(error, ref);
    if (reason === undefined) throw error;
    return unchecked(step, ref, live, `not checked by the server: ${reason}`);
  }
}

/** Tries again while the API server does not know the kind. */
async function whenServed(step: Step, send: () => Promise<KubeObject>): Promise<KubeObject> {
  const deadline = Date.now() + KIND_TIMEOUT_MS;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof UnknownKindError) || Date.now() > deadline) throw error;
      step.activity.update(`waiting for the API server to serve its kind: ${error.message}`);
      await new Promise((resolve) => setTimeout(resolve, KIND_PAUSE_MS));
    }
  }
}

/** What has to come first, when that is why the server cannot check an object. */
export function notThereYet(error: unknown, ref: ObjectRef): string | undefined {
  if (error instanceof UnknownKindError) return `kind ${ref.kind} is not there yet`;
  if (!(error instanceof ApiError) || error.status !== 404 || error.details.kind !== "namespaces") return undefined;
  return `namespace ${ref.namespace ?? "default"} is not there yet`;
}

function compare(step: Step, live: KubeObject | undefined, wanted: KubeObject): StepResult {
  const changes = live === undefined ? [] : diffObjects(live, wanted, step.secret);
  const outcome = live === undefined ? "created" : changes.length > 0 ? "updated" : "unchanged";
  return { outcome, changes, id: objectId(wanted), outputs: outputsOf(step, wanted) };
}

/** Where the server cannot say what it would do, the inputs stand for the outputs. */
function unchecked(step: Step, ref: ObjectRef, live: KubeObject | undefined, note: string): StepResult {
  const object = objectOf(step, ref) as KubeObject;
  const outcome = live === undefined ? "created" : "updated";
  return { outcome, changes: [], note, id: objectId(object), outputs: outputsOf(step, object) };
}

/** The object as it is in the cluster; like the provider, with all values of a Secret as secrets. */
function outputsOf(step: Step, object: KubeObject): Record<string, unknown> {
  const always = object.kind === "Secret" ? ["data", "stringData"] : [];
  return markSecrets({ ...step.inputs, ...object }, new Set([...step.secret, ...always]));
}

/** Without a name of its own an object is called like its resource; the provider would add a random suffix. */
export function refOf(step: Step): ObjectRef {
  const { apiVersion, kind, metadata } = step.inputs as Partial<KubeObject>;
  return {
    apiVersion: apiVersion ?? "",
    kind: kind ?? "",
    ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
    name: metadata?.name ?? step.name,
  };
}

function objectOf(step: Step, ref: ObjectRef): Record<string, unknown> {
  const metadata = (step.inputs.metadata ?? {}) as Record<string, unknown>;
  return { ...step.inputs, metadata: { ...metadata, name: ref.name } };
}

/**
 * What somebody else made and the program only reads, as with `Service.get`.
 *
 * @throws Error when it is not there.
 */
export async function readObject(step: Step, world: World): Promise<StepResult> {
  const ref = readRef(step);
  const live = await world.client.get(ref);
  if (live === undefined) throw new Error(`${describeRef(ref)} is not there`);
  return { outcome: "read", changes: [], id: objectId(live), outputs: outputsOf(step, live) };
}

/** Pulumi's id of an object is "name" or "namespace/name"; the type names its version, "core/v1" standing for "v1". */
function readRef(step: Step): ObjectRef {
  const [, version = "", kind = ""] = step.type.split(":");
  const [name = "", namespace] = (step.id ?? "").split("/").reverse();
  const apiVersion = version.replace(/^core\//, "");
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

import type { KubeClient, KubeObject } from "../../kube/client.ts";
import { diffObjects } from "../../kube/diff.ts";
import { untilReady } from "../../kube/settle.ts";
import { WAIT_FOR } from "../../kube/wait.ts";
import { describeRef, type Identity, type ObjectRef } from "../identity.ts";
import { FIELD_MANAGER, objectId, type Handler, type Step, type StepResult } from "../step.ts";
import { markSecrets } from "../values.ts";
import { refOf } from "./object.ts";

type PatchIdentity = Extract<Identity, { is: "patch" }>;

/** Some fields of an object that somebody else made: a `...Patch` resource. */
export const patchHandler: Handler = {
  identity: identityOf,
  apply: async (step, world) => {
    const { object: ref, manager } = identityOf(step);
    const live = await world.client.get(ref);
    if (live === undefined) {
      if (!world.dryRun) throw new Error(`${describeRef(ref)} is not there: patching it would make an empty one`);
      const note = `not checked by the server: ${describeRef(ref)} is not there yet`;
      return { outcome: "created", changes: [], note, id: ref.name, outputs: step.inputs };
    }
    const options = { manager, dryRun: world.dryRun };
    const patched = await world.client.apply(patchBody(ref, live, step.inputs), ref, options);
    const result = compare(step, live, patched, ownsFields(live, manager));
    // Only what the patch itself asks for is waited for: the rest is the owner's business.
    const annotations = annotationsOf(step);
    if (world.dryRun || annotations[WAIT_FOR] === undefined) return result;
    const waiting = { activity: step.activity, signal: world.signal };
    const asked = { ...patched, metadata: { ...patched.metadata, annotations } };
    await untilReady(world.client, ref, asked, waiting, step.timeouts.create);
    return result;
  },
};

/** Undoes a patch by giving up its fields; the object stays. */
export async function removePatch(client: KubeClient, { object: ref, manager }: PatchIdentity): Promise<void> {
  const live = await client.get(ref);
  if (live === undefined || !ownsFields(live, manager)) return;
  await client.apply(patchBody(ref, live, {}), ref, { manager });
}

/** Each patch owns its fields under a name of its own, so that giving them up touches nothing else. */
function identityOf(step: Step): PatchIdentity {
  return { is: "patch", object: refOf(step), manager: `${FIELD_MANAGER}-${step.name}`.slice(0, 128) };
}

/** The uid makes the server refuse an object that was deleted in between, instead of making an empty one. */
function patchBody(ref: ObjectRef, live: KubeObject, inputs: Record<string, unknown>): Record<string, unknown> {
  const { apiVersion, kind, ...names } = ref;
  const metadata = (inputs.metadata ?? {}) as Record<string, unknown>;
  return { ...inputs, apiVersion, kind, metadata: { ...metadata, ...names, uid: live.metadata.uid } };
}

function compare(step: Step, live: KubeObject, patched: KubeObject, owned: boolean): StepResult {
  const changes = diffObjects(live, patched, step.secret);
  const outcome = !owned ? "created" : changes.length > 0 ? "updated" : "unchanged";
  return { outcome, changes, id: objectId(patched), outputs: markSecrets({ ...patched }, step.secret) };
}

function ownsFields(object: KubeObject, manager: string): boolean {
  const fields = (object.metadata.managedFields ?? []) as { manager?: string }[];
  return fields.some((entry) => entry.manager === manager);
}

function annotationsOf(step: Step): Record<string, string> {
  return (step.inputs as Partial<KubeObject>).metadata?.annotations ?? {};
}

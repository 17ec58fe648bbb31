import { syncStages } from "../../cluster/cluster.ts";
import { chartDigest } from "../../helm/chart.ts";
import { manifestRefs } from "../../helm/manifest.ts";
import { readRecords, type ReleaseRecord } from "../../helm/record.ts";
import { recover, recoveryOf, upgradeRelease } from "../../helm/release.ts";
import { readReleaseInputs, type ReleaseInputs } from "../../helm/releaseInputs.ts";
import { watchRelease } from "../../helm/watch.ts";
import type { KubeClient } from "../../kube/client.ts";
import { diffValues, REDACTED, type Change } from "../../kube/diff.ts";
import { describeRef } from "../identity.ts";
import type { Handler, Outcome, Step, StepResult, World } from "../step.ts";
import { markSecrets, UNKNOWN } from "../values.ts";

/** A Helm release; Helm itself is run only when something is to be done. */
export const releaseHandler: Handler = {
  identity: (step) => {
    const { namespace, name } = inputsOf(step);
    return { is: "release", namespace, name };
  },
  apply: async (step, world) => {
    const inputs = inputsOf(step);
    const digest = chartDigest(inputs, world.folder);
    const records = await readRecords(world.client, inputs.namespace, inputs.name);
    const found = records.at(-1);
    const changes = found === undefined ? [] : await changesOf(world.client, found, inputs, digest, step);
    const outcome: Outcome = found === undefined ? "created" : changes.length > 0 ? "updated" : "unchanged";
    if (world.dryRun || outcome === "unchanged") return result(step, inputs, outcome, changes, found);
    await upgrade(step, world, inputs, digest, records);
    const latest = (await readRecords(world.client, inputs.namespace, inputs.name)).at(-1);
    return result(step, inputs, outcome, changes, latest);
  },
};

async function upgrade(
  step: Step,
  world: World,
  inputs: ReleaseInputs,
  digest: string,
  records: ReleaseRecord[],
): Promise<void> {
  const { helm } = world;
  const recovery = recoveryOf(records);
  if (recovery.do !== "nothing") step.activity.update(`${recovery.do} of what an earlier run has left half done`);
  await recover(helm, inputs, recovery);
  const watch = watchRelease(world.client, inputs.namespace, inputs.name, step.activity);
  try {
    const leftOut = await upgradeRelease(helm, inputs, digest, world.folder);
    for (const name of leftOut) {
      world.note(`${step.name}: APIService ${name} is left out: no simulated pod can serve it`);
    }
    // The release may have brought kinds whose operators are simulated.
    await syncStages(world.cluster);
    await world.syncOperators();
  } catch (error) {
    const missing = watch.stop();
    if (!(error instanceof Error) || missing === undefined) throw error;
    error.message += ` (last seen: ${missing})`;
    throw error;
  } finally {
    watch.stop();
  }
}

/** What makes a release differ from what Helm has written down, and from what is in the cluster. */
async function changesOf(
  client: KubeClient,
  found: ReleaseRecord,
  inputs: ReleaseInputs,
  digest: string,
  step: Step,
): Promise<Change[]> {
  const values = diffValues(found.values, inputs.values, "values");
  const shown = values.map((change) =>
    step.secret.has("values") ? { path: change.path, old: REDACTED, new: REDACTED } : change,
  );
  return [
    ...diffValues(found.status, "deployed", "status"),
    ...diffValues(found.digest, digest, "chart digest"),
    ...shown,
    ...(await missingObjects(client, found, inputs.namespace)),
  ];
}

/** Objects of the release that somebody deleted; Helm makes them again when it upgrades. */
async function missingObjects(client: KubeClient, found: ReleaseRecord, namespace: string): Promise<Change[]> {
  const refs = manifestRefs(found.manifest);
  const changes = await Promise.all(
    refs.map(async (ref) => {
      const namespaced = (await client.isNamespaced(ref.apiVersion, ref.kind)) ?? false;
      const placed = namespaced ? { ...ref, namespace: ref.namespace ?? namespace } : ref;
      return (await client.exists(placed)) ? [] : [{ path: describeRef(placed), old: undefined, new: "present" }];
    }),
  );
  return changes.flat();
}

function inputsOf(step: Step): ReleaseInputs {
  return readReleaseInputs(step.inputs, step.name);
}

function result(
  step: Step,
  inputs: ReleaseInputs,
  outcome: Outcome,
  changes: Change[],
  record: ReleaseRecord | undefined,
): StepResult {
  const { namespace, name } = inputs;
  const status = record && {
    ...{ name, namespace, revision: record.revision, status: record.status },
    ...{ chart: record.chart.name, version: record.chart.version, appVersion: record.chart.appVersion },
  };
  const outputs = { ...step.inputs, ...(status === undefined ? {} : { status }) };
  const notes = [
    ...(outcome === "created" ? [`chart ${[inputs.chart, inputs.version].join(" ").trim()}`] : []),
    ...(step.hasUnknown ? [`some values are ${UNKNOWN}`] : []),
  ];
  return {
    outcome,
    changes,
    ...(notes.length === 0 ? {} : { note: notes.join(", ") }),
    id: `${namespace}/${name}`,
    outputs: markSecrets(outputs, step.secret),
  };
}

import type { KubeClient } from "./api/client.ts";
import { untilServed } from "./served.ts";
import { type OperatorStage, operatorStages } from "./stages/customResources.ts";
import { nodeStages } from "./stages/nodes.ts";
import { podStages } from "./stages/pods.ts";
import { stageKind } from "./stages/stage.ts";
import { webhookStages } from "./stages/webhooks.ts";

/** Owner, to the API server, of the fields of stages and node. */
export const fieldManager = "fluffy-observability-sandbox";

/**
 * Makes the simulated kubelet and operators fit the cluster: stages for the kinds that every cluster has, a stage for each
 * operator's kind that has appeared, none for kinds that are gone.
 *
 * @param caBundle what webhooks are given as CA, PEM in base64
 * @throws ApiError when the API server refuses a stage, UserError when it has a CRD but does not serve its kind.
 */
export async function applyStages(client: KubeClient, caBundle: string): Promise<void> {
  const installed = await client.names(stageKind.apiVersion, stageKind.kind);
  const crds = await client.names("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  const builtIn = [...nodeStages, ...podStages, ...webhookStages(caBundle)];
  await Promise.all(builtIn.map((stage) => client.apply(stage, fieldManager)));
  const present = operatorStages.filter((operator) => crds.has(crdOf(operator)));
  // KWOK asks for the kind and its schema once, when the stage appears; were they not there, it would never be played.
  const fresh = present.filter(({ stage }) => !installed.has(stage.metadata.name));
  await untilServed(
    fresh.map(({ stage: { spec } }) => ({ apiVersion: spec.resourceRef.apiGroup, kind: spec.resourceRef.kind })),
    ({ apiVersion, kind }) => client.isPublished(apiVersion, kind),
  );
  await Promise.all(present.map(({ stage }) => client.apply(stage, fieldManager)));
  // Left in place, KWOK's watch of a kind that is gone would back off and notice its return up to a minute late.
  const gone = operatorStages.filter((operator) => !present.includes(operator)).map(({ stage }) => stage.metadata.name);
  await Promise.all(gone.filter((name) => installed.has(name)).map((name) => client.delete({ ...stageKind, name })));
}

function crdOf({ plural, stage }: OperatorStage): string {
  return `${plural}.${stage.spec.resourceRef.apiGroup.replace(/\/.*/, "")}`;
}

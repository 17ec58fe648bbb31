import { UserError } from "../../cli/errors.ts";
import { ApiError } from "./api/apiError.ts";
import type { Transport } from "./api/transport.ts";
import { type OperatorStage, operatorStages } from "./stages/customResources.ts";
import { nodeStages } from "./stages/nodes.ts";
import { podStages } from "./stages/pods.ts";
import { webhookStages } from "./stages/webhooks.ts";

const stagesPath = "/apis/kwok.x-k8s.io/v1alpha1/stages";
const crdsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
/** Owner, to the API server, of the fields of stages and node. */
const fieldManager = "fluffy-observability-sandbox";
/** A list without specs: those of the CRDs would be megabytes. */
const namesOnly = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
/** The API server publishes the schema of a new kind a moment after it serves the kind. */
const SCHEMA_TIMEOUT_MS = 60_000;

/**
 * Makes the simulated kubelet and operators fit the cluster: stages for the kinds that every cluster has, a stage for each
 * operator's kind that has appeared, none for kinds that are gone.
 *
 * @param caBundle what webhooks are given as CA, PEM in base64
 * @throws ApiError when the API server refuses a stage, UserError when it has a CRD but does not serve its kind.
 */
export async function applyStages(send: Transport, caBundle: string): Promise<void> {
  const installed = await names(send, stagesPath);
  const crds = await names(send, crdsPath);
  const builtIn = [...nodeStages, ...podStages, ...webhookStages(caBundle)];
  await Promise.all(builtIn.map((stage) => applyObject(send, stagesPath, stage)));
  const present = operatorStages.filter((operator) => crds.has(crdOf(operator)));
  // KWOK asks for the kind and its schema once, when the stage appears; were they not there, it would never be played.
  await published(
    send,
    present.filter(({ stage }) => !installed.has(stage.metadata.name)),
  );
  await Promise.all(present.map(({ stage }) => applyObject(send, stagesPath, stage)));
  // Left in place, KWOK's watch of a kind that is gone would back off and notice its return up to a minute late.
  const gone = operatorStages.filter((operator) => !present.includes(operator)).map(({ stage }) => stage.metadata.name);
  await Promise.all(
    gone
      .filter((name) => installed.has(name))
      .map((name) => orUndefined(send({ method: "DELETE", path: `${stagesPath}/${name}` }))),
  );
}

/** Whether the API server has taken in the kind Stage itself: a moment after kwokctl has made its CRD. */
export async function servesStages(send: Transport): Promise<boolean> {
  return (await orUndefined(send({ method: "GET", path: stagesPath }))) !== undefined;
}

/** Server-side apply of one cluster-wide object. */
export async function applyObject(send: Transport, path: string, body: { metadata: { name: string } }): Promise<void> {
  await send({
    method: "PATCH",
    path: `${path}/${body.metadata.name}?fieldManager=${fieldManager}&force=true&fieldValidation=Strict`,
    body,
    contentType: "application/apply-patch+yaml",
  });
}

/** Names of the objects of a kind; those that are being deleted do not count. */
async function names(send: Transport, path: string): Promise<Set<string>> {
  const list = (await send({ method: "GET", path, accept: namesOnly })) as {
    items: { metadata: { name: string; deletionTimestamp?: string } }[] | null;
  };
  return new Set((list.items ?? []).flatMap(({ metadata }) => (metadata.deletionTimestamp ? [] : [metadata.name])));
}

function crdOf(stage: OperatorStage): string {
  return `${stage.plural}.${apiVersionOf(stage).replace(/\/.*/, "")}`;
}

/** Waits until the API server serves the kinds of the stages and has published their schemas. */
async function published(send: Transport, stages: OperatorStage[]): Promise<void> {
  const deadline = Date.now() + SCHEMA_TIMEOUT_MS;
  for (const apiVersion of new Set(stages.map(apiVersionOf))) {
    const plurals = stages.filter((stage) => apiVersionOf(stage) === apiVersion).map(({ plural }) => plural);
    while (!(await arePublished(send, apiVersion, plurals))) {
      if (Date.now() > deadline) {
        throw new UserError(
          `the API server has the CRDs of ${plurals.join(", ")} (${apiVersion}) but does not serve them`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** The lists of kinds and of schemas are made by different parts of the API server, in any order. */
async function arePublished(send: Transport, apiVersion: string, plurals: string[]): Promise<boolean> {
  const kinds = (await orUndefined(send({ method: "GET", path: `/apis/${apiVersion}` }))) as
    { resources: { name: string }[] } | undefined;
  const names = kinds?.resources.map(({ name }) => name) ?? [];
  if (!plurals.every((plural) => names.includes(plural))) return false;
  const schemas = (await orUndefined(send({ method: "GET", path: `/openapi/v3/apis/${apiVersion}` }))) as
    { paths: Record<string, unknown> } | undefined;
  const paths = Object.keys(schemas?.paths ?? {});
  return plurals.every((plural) => paths.some((path) => path.endsWith(`/${plural}/{name}`)));
}

function apiVersionOf({ stage }: OperatorStage): string {
  return stage.spec.resourceRef.apiGroup;
}

async function orUndefined(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

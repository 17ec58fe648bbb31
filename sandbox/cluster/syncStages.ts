import { UserError } from "../errors.ts";
import { type Access, callApi, type CallOptions } from "./access.ts";
import { operatorStages } from "./stages/customResources.ts";
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
const SCHEMA_TIMEOUT_MS = 30_000;

/**
 * Makes the simulated kubelet and operators fit the cluster: stages for the kinds that every cluster has, a stage for each
 * operator's kind that has appeared, none for kinds that are gone.
 *
 * @throws UserError when the API server refuses a stage, or has a CRD but does not serve its kind
 */
export async function applyStages(access: Access): Promise<void> {
  const caBundle = Buffer.from(access.ca).toString("base64");
  const installed = await names(access, stagesPath);
  const crds = await names(access, crdsPath);
  const builtIn = [...nodeStages, ...podStages, ...webhookStages(caBundle)];
  await Promise.all([
    ...builtIn.map((stage) => applyObject(access, stagesPath, stage)),
    ...operatorStages.map(async ({ plural, stage }) => {
      const apiVersion = stage.spec.resourceRef.apiGroup;
      const isInstalled = installed.has(stage.metadata.name);
      if (crds.has(`${plural}.${apiVersion.split("/", 1).join()}`)) {
        if (!isInstalled) await schemaPublished(access, apiVersion, plural);
        await applyObject(access, stagesPath, stage);
      } else if (isInstalled) {
        // Left in place, KWOK's watch of the kind would back off and notice the kind's return up to a minute late.
        await call(access, "DELETE", `${stagesPath}/${stage.metadata.name}`);
      }
    }),
  ]);
}

/** Whether the API server has taken in the kind Stage itself: a moment after kwokctl has made its CRD. */
export async function servesStages(access: Access): Promise<boolean> {
  return (await callApi(access, "GET", stagesPath)).status === 200;
}

/** Server-side apply of one cluster-wide object. */
export async function applyObject(access: Access, path: string, object: { metadata: { name: string } }): Promise<void> {
  await call(access, "PATCH", `${path}/${object.metadata.name}?fieldManager=${fieldManager}&force=true`, {
    body: object,
  });
}

/** Names of the objects of a kind; those that are being deleted do not count. */
async function names(access: Access, path: string): Promise<Set<string>> {
  const list = JSON.parse(await call(access, "GET", path, { accept: namesOnly })) as {
    items: { metadata: { name: string; deletionTimestamp?: string } }[] | null;
  };
  return new Set((list.items ?? []).flatMap(({ metadata }) => (metadata.deletionTimestamp ? [] : [metadata.name])));
}

/** KWOK asks for the kind and its schema once, when the stage appears; were they not there, the stage would never be played. */
async function schemaPublished(access: Access, apiVersion: string, plural: string): Promise<void> {
  const deadline = Date.now() + SCHEMA_TIMEOUT_MS;
  for (;;) {
    const kinds = await callApi(access, "GET", `/apis/${apiVersion}`);
    const schema = await callApi(access, "GET", `/openapi/v3/apis/${apiVersion}`);
    if (kinds.body.includes(`"${plural}"`) && schema.body.includes(`/${plural}/{name}"`)) return;
    if (Date.now() > deadline) {
      throw new UserError(`the API server has the CRD of ${plural} (${apiVersion}) but does not serve it`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A request that is meant to succeed. */
async function call(
  access: Access,
  method: "GET" | "PATCH" | "DELETE",
  path: string,
  options?: CallOptions,
): Promise<string> {
  const answer = await callApi(access, method, path, options);
  if (answer.status >= 300 && !(method === "DELETE" && answer.status === 404)) {
    throw new UserError(`the cluster's API server refused ${method} ${path}: ${messageOf(answer.body)}`);
  }
  return answer.body;
}

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { message: string }).message;
  } catch {
    return body;
  }
}

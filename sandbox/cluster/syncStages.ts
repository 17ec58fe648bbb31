import { UserError } from "../errors.ts";
import { type Access, callApi } from "./access.ts";
import { customResourceStages } from "./stages/customResources.ts";
import { nodeStages } from "./stages/nodes.ts";
import { podStages } from "./stages/pods.ts";
import type { Stage } from "./stages/stage.ts";
import { webhookStages } from "./stages/webhooks.ts";

const stagesPath = "/apis/kwok.x-k8s.io/v1alpha1/stages";
/** Owner, to the API server, of the fields of stages and node. */
const fieldManager = "fluffy-observability-sandbox";
/** The API server publishes the schema of a new kind a moment after it serves the kind. */
const SCHEMA_TIMEOUT_MS = 30_000;

/** The stages of a cluster, whatever kinds it has at the moment. */
export function allStages(access: Access): Stage[] {
  const caBundle = Buffer.from(access.ca).toString("base64");
  return [...nodeStages, ...podStages, ...webhookStages(caBundle), ...customResourceStages];
}

/**
 * Makes the simulated operators fit the kinds that the cluster has: gives each kind that has appeared its stage, and takes
 * away the stages of kinds that are gone.
 *
 * @throws UserError when the API server refuses a stage
 */
export async function applyStages(access: Access): Promise<void> {
  const installed = await installedStages(access);
  const stages = allStages(access);
  const groups = [...new Set(stages.map((stage) => stage.spec.resourceRef.apiGroup))];
  const served = new Map(
    await Promise.all(groups.map(async (group) => [group, await plurals(access, group)] as const)),
  );
  await Promise.all(
    stages.map(async (stage) => {
      const { apiGroup, kind } = stage.spec.resourceRef;
      const plural = served.get(apiGroup)?.get(kind);
      const isInstalled = installed.has(stage.metadata.name);
      if (plural !== undefined) {
        // KWOK reads the kind's schema once, when its stage appears; without it the stage would never be played.
        if (!isInstalled) await schemaOf(access, apiGroup, plural);
        await applyObject(access, stagesPath, stage);
      } else if (isInstalled) {
        // Left in place, KWOK's watch of the kind would back off and notice the kind's return up to a minute late.
        await call(access, "DELETE", `${stagesPath}/${stage.metadata.name}`);
      }
    }),
  );
}

/** Whether the API server has taken in the kind Stage itself: a moment after kwokctl has made its CRD. */
export async function servesStages(access: Access): Promise<boolean> {
  return (await callApi(access, "GET", stagesPath)).status === 200;
}

/** Server-side apply of one cluster-wide object. */
export async function applyObject(access: Access, path: string, object: { metadata: { name: string } }): Promise<void> {
  await call(access, "PATCH", `${path}/${object.metadata.name}?fieldManager=${fieldManager}&force=true`, object);
}

async function installedStages(access: Access): Promise<Set<string>> {
  const list = JSON.parse(await call(access, "GET", stagesPath)) as { items: { metadata: { name: string } }[] };
  return new Set(list.items.map((item) => item.metadata.name));
}

/** The kinds that the API server has in a group and version, with their plurals; none when it does not know the group. */
async function plurals(access: Access, apiVersion: string): Promise<Map<string, string>> {
  const { status, body } = await callApi(access, "GET", apiPath(apiVersion));
  if (status !== 200) return new Map();
  const { resources } = JSON.parse(body) as { resources: { name: string; kind: string }[] };
  // Subresources are listed with the kinds, as "pods/status".
  return new Map(resources.filter(({ name }) => !name.includes("/")).map(({ name, kind }) => [kind, name]));
}

async function schemaOf(access: Access, apiVersion: string, plural: string): Promise<void> {
  const deadline = Date.now() + SCHEMA_TIMEOUT_MS;
  for (;;) {
    const { body } = await callApi(access, "GET", `/openapi/v3${apiPath(apiVersion)}`);
    if (body.includes(`/${plural}/{name}"`)) return;
    if (Date.now() > deadline)
      throw new UserError(`the API server has published no schema for ${plural} (${apiVersion})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function apiPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** A request that is meant to succeed. */
async function call(access: Access, method: "GET" | "PATCH" | "DELETE", path: string, body?: object): Promise<string> {
  const answer = await callApi(access, method, path, body);
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

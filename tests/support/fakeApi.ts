import { ApiError } from "../../sandbox/cluster/api/apiError.ts";
import { KubeClient, type KubeObject } from "../../sandbox/cluster/api/client.ts";
import type { ApiRequest } from "../../sandbox/cluster/api/transport.ts";

const KINDS: Record<string, Record<string, { plural: string; namespaced: boolean }>> = {
  "/api/v1": {
    Namespace: { plural: "namespaces", namespaced: false },
    Secret: { plural: "secrets", namespaced: true },
  },
  "/apis/apps/v1": { Deployment: { plural: "deployments", namespaced: true } },
};
const PLURALS = new Set(Object.values(KINDS).flatMap((kinds) => Object.values(kinds).map(({ plural }) => plural)));

/** Objects in memory behind a real client: enough of an API server for what asks and applies. */
export interface FakeApi {
  client: KubeClient;
  /** Objects by path, e.g. "/api/v1/namespaces/ns". */
  objects: Map<string, KubeObject>;
  requests: ApiRequest[];
}

/** An API server without objects; it applies an object by putting it in the former one's place. */
export function fakeApi(): FakeApi {
  const objects = new Map<string, KubeObject>();
  const requests: ApiRequest[] = [];
  const answer = (request: ApiRequest): unknown => {
    requests.push(request);
    const [path = "", query = ""] = request.path.split("?");
    const kinds = KINDS[path];
    if (kinds !== undefined) {
      const resources = Object.entries(kinds).map(([kind, { plural, namespaced }]) => ({
        name: plural,
        kind,
        namespaced,
      }));
      return { resources };
    }
    if (request.method === "PATCH") {
      const applied = { ...(request.body as KubeObject) };
      if (!query.includes("dryRun=All")) objects.set(path, applied);
      return applied;
    }
    if (PLURALS.has(path.split("/").at(-1) ?? "")) {
      return { items: [...objects].flatMap(([key, object]) => (key.startsWith(`${path}/`) ? [object] : [])) };
    }
    const found = objects.get(path);
    if (found === undefined) throw new ApiError(404, "{}");
    if (request.method === "DELETE") objects.delete(path);
    return found;
  };
  const client = new KubeClient((request) => {
    try {
      return Promise.resolve(answer(request));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  return { client, objects, requests };
}

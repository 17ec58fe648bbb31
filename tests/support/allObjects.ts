import assert from "node:assert/strict";
import { ApiError } from "../../sandbox/cluster/api/apiError.ts";
import { createTransport, type Transport } from "../../sandbox/cluster/api/transport.ts";
import { eventually } from "./eventually.ts";

interface Resource {
  name: string;
  kind: string;
  verbs: string[];
}

interface Listed {
  metadata: { name: string; namespace?: string; uid: string };
}

/** Made and forgotten by the cluster itself, whatever anybody installs. */
const FLEETING = new Set(["Event", "Lease", "EndpointSlice", "Endpoints", "APIService", "IPAddress"]);

/**
 * Names every object of every kind that the API server knows, but for those that come and go by themselves.
 *
 * @returns sorted lines, e.g. "apps/v1 Deployment ns/name"
 */
export async function allObjects(send: Transport): Promise<string[]> {
  return [...(await objectUids(send)).keys()].sort();
}

/** The same with the identity of each: an object that was made anew has another. */
export async function objectUids(send: Transport): Promise<Map<string, string>> {
  const get = (path: string) => send({ method: "GET", path });
  const { groups } = (await get("/apis")) as { groups: { preferredVersion: { groupVersion: string } }[] };
  /** A group that a pod would serve has no kinds here. */
  const resourcesOf = async (version: string) => {
    try {
      return ((await get(version)) as { resources: Resource[] }).resources;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return [];
      throw error;
    }
  };
  const versions = ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const lists = versions.map(async (version) => {
    const resources = await resourcesOf(version);
    const listed = resources.filter(({ kind, verbs }) => verbs.includes("list") && !FLEETING.has(kind));
    const objects = listed.map(async ({ name, kind }) => {
      const { items } = (await get(`${version}/${name}`)) as { items: Listed[] };
      return items.map(
        ({ metadata: { namespace, name: object, uid } }) =>
          [`${version} ${kind} ${[namespace, object].join("/")}`, uid] as const,
      );
    });
    return (await Promise.all(objects)).flat();
  });
  return new Map((await Promise.all(lists)).flat());
}

/** `allObjects` in a new cluster, once the controller manager has made its own objects: they come a moment after the cluster. */
export async function ownObjects(send: Transport): Promise<string[]> {
  let objects: string[] = [];
  await eventually(async () => {
    objects = await allObjects(send);
    for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) {
      assert.ok(objects.includes(`/api/v1 ServiceAccount ${name}/default`), name);
      assert.ok(objects.includes(`/api/v1 ConfigMap ${name}/kube-root-ca.crt`), name);
    }
  }, 30_000);
  return objects;
}

/** What the small program has in the cluster, without what has a name by chance. */
export async function fixtureObjects(kubeconfig: string): Promise<string[]> {
  const all = await allObjects(createTransport(kubeconfig));
  return all.filter((line) => /fixture|widgets/.test(line) && !/ (Pod|ReplicaSet) |\/sh\.helm\.release/.test(line));
}

import assert from "node:assert/strict";
import { ApiError } from "../../../../sandbox/cluster/api/apiError.ts";
import { KubeClient } from "../../../../sandbox/cluster/api/client.ts";
import type { ApiRequest } from "../../../../sandbox/cluster/api/transport.ts";

const lists: Record<string, unknown> = {
  "/api/v1": {
    resources: [
      { name: "namespaces", kind: "Namespace", namespaced: false },
      { name: "secrets", kind: "Secret", namespaced: true },
      { name: "pods/status", kind: "Pod", namespaced: true },
    ],
  },
  "/apis/apps/v1": { resources: [{ name: "deployments", kind: "Deployment", namespaced: true }] },
  "/apis/rbac.authorization.k8s.io/v1": {
    resources: [{ name: "clusterroles", kind: "ClusterRole", namespaced: false }],
  },
  "/apis/example.org/v1": { resources: [{ name: "widgets", kind: "Widget", namespaced: true }] },
};

/** A server that knows the kinds above and has no objects. */
function recorder() {
  const requests: ApiRequest[] = [];
  const client = new KubeClient((request) => {
    requests.push(request);
    const list = lists[request.path];
    if (list !== undefined) return Promise.resolve(list);
    if (request.method === "GET") return Promise.reject(new ApiError(404, '{"reason":"NotFound","message":"none"}'));
    return Promise.resolve({ metadata: {} });
  });
  return { client, requests };
}

const secret = { apiVersion: "v1", kind: "Secret", namespace: "ns", name: "a" };

describe("KubeClient", () => {
  it("applies on the server's side, strictly and as the owner of its fields", async () => {
    const { client, requests } = recorder();
    await client.apply({ ...secret, metadata: secret }, "me");
    const { method, path, contentType } = requests.at(-1) ?? {};
    assert.deepEqual([method, contentType], ["PATCH", "application/apply-patch+yaml"]);
    assert.equal(path, "/api/v1/namespaces/ns/secrets/a?fieldManager=me&force=true&fieldValidation=Strict");
  });

  it("finds no object where there is none, nor where its kind is unknown", async () => {
    const { client } = recorder();
    assert.equal(await client.get(secret), undefined);
    assert.equal(await client.get({ apiVersion: "example.org/v1", kind: "Thing", name: "a" }), undefined);
  });

  it("refuses to apply an object of an unknown kind, and asks again next time", async () => {
    const { client, requests } = recorder();
    const thing = { apiVersion: "example.org/v1", kind: "Thing", metadata: { name: "a" } };
    for (const round of [1, 2]) {
      await assert.rejects(client.apply(thing, "me"), {
        message: "the API server knows no Thing of example.org/v1: is its CRD installed?",
      });
      assert.equal(requests.length, round);
    }
  });

  it("asks for the kinds of a version once as long as it finds what it needs", async () => {
    const { client, requests } = recorder();
    await client.get(secret);
    await client.get({ apiVersion: "v1", kind: "Namespace", name: "ns" });
    const paths = requests.map(({ path }) => path);
    assert.deepEqual(paths, ["/api/v1", "/api/v1/namespaces/ns/secrets/a", "/api/v1/namespaces/ns"]);
  });

  it("deletes dependents after what they depend on", async () => {
    const { client, requests } = recorder();
    await client.delete(secret);
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" };
    assert.deepEqual(requests.at(-1)?.body, body);
  });

  it("knows a kind's names without its specs, and not those that are being deleted", async () => {
    const { client, requests } = recorder();
    const deletionTimestamp = "2026-01-01T00:00:00Z";
    lists["/api/v1/secrets"] = { items: [{ metadata: { name: "a" } }, { metadata: { name: "b", deletionTimestamp } }] };
    assert.deepEqual(await client.names("v1", "Secret"), new Set(["a"]));
    assert.match(requests.at(-1)?.accept ?? "", /as=PartialObjectMetadataList/);
    assert.deepEqual(await client.names("example.org/v1", "Thing"), new Set());
  });

  it("takes a kind for published once the server serves it and has its schema", async () => {
    const { client } = recorder();
    const isPublished = () => client.isPublished("example.org/v1", "Widget");
    assert.equal(await isPublished(), false);
    lists["/openapi/v3/apis/example.org/v1"] = { paths: { "/apis/example.org/v1/widgets/{name}/status": {} } };
    assert.equal(await isPublished(), false);
    lists["/openapi/v3/apis/example.org/v1"] = { paths: { "/apis/example.org/v1/widgets/{name}": {} } };
    assert.equal(await isPublished(), true);
    assert.equal(await client.isPublished("example.org/v1", "Thing"), false);
  });
});

import assert from "node:assert/strict";
import { ApiError } from "../../../../sandbox/cluster/api/apiError.ts";
import { KubeClient, withEncodedData } from "../../../../sandbox/cluster/api/client.ts";
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
    await client.apply({ kind: "Secret" }, secret, { manager: "me" });
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
    const thing = { apiVersion: "example.org/v1", kind: "Thing", name: "a" };
    for (const round of [1, 2]) {
      await assert.rejects(client.apply({}, thing, { manager: "me" }), { name: "UnknownKindError" });
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

  for (const [ref, propagationPolicy] of [
    [secret, "Foreground"],
    [{ apiVersion: "apps/v1", kind: "Deployment", namespace: "ns", name: "a" }, "Foreground"],
    [{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", name: "a" }, "Foreground"],
    [{ apiVersion: "example.org/v1", kind: "Widget", namespace: "ns", name: "a" }, "Background"],
  ] as const) {
    it(`deletes dependents of a ${ref.kind} ${propagationPolicy === "Foreground" ? "before" : "after"} it`, async () => {
      const { client, requests } = recorder();
      await client.delete(ref);
      assert.deepEqual(requests.at(-1)?.body, { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy });
    });
  }
});

describe("withEncodedData", () => {
  it("writes a Secret's text as data", () => {
    const object = { kind: "Secret", data: { a: "YQ==" }, stringData: { b: "b" } };
    assert.deepEqual(withEncodedData(object), { kind: "Secret", data: { a: "YQ==", b: "Yg==" } });
  });

  it("changes nothing else", () => {
    const object = { kind: "Thing", stringData: { b: "b" } };
    assert.equal(withEncodedData(object), object);
  });
});

import assert from "node:assert/strict";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { KubeClient } from "../../sandbox/cluster/api/client.ts";
import { find, programRun } from "../../review/program/runs.ts";
import { eventually } from "../support/eventually.ts";
import { dryRun } from "../support/impersonation.ts";
import { registeredObject } from "../support/tenancyCluster.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const policy = "fluffy-observability-certificates";
const platform = ["observability", "observability-node-agents"];
const text = { type: "string" };

/** cert-manager's kind, with the fields of it that the policy looks at. */
const crd: TestObject = {
  ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
  metadata: { name: "certificaterequests.cert-manager.io" },
  spec: {
    ...{ group: "cert-manager.io", scope: "Namespaced" },
    names: { kind: "CertificateRequest", plural: "certificaterequests" },
    versions: [
      {
        ...{ name: "v1", served: true, storage: true },
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: {
                  isCA: { type: "boolean" },
                  issuerRef: {
                    type: "object",
                    required: ["name"],
                    properties: { name: text, kind: text, group: text },
                  },
                  usages: { type: "array", items: text },
                },
              },
            },
          },
        },
      },
    ],
  },
};

describe("what the CA of the platform signs in other namespaces", function () {
  this.timeout(120_000);
  const test = testCluster(22_150);
  const ours = { group: "cert-manager.io", kind: "ClusterIssuer", name: "fluffy-observability-ca" };
  const ofClients = ["digital signature", "client auth"];

  /** Asks the API server whether it would take a request. */
  function ask(spec: object, namespace = "shop"): Promise<unknown> {
    const client = new KubeClient(dryRun(createTransport(test().cluster.kubeconfig)));
    const object = { apiVersion: "cert-manager.io/v1", kind: "CertificateRequest", metadata: { name: "x", namespace } };
    return client.apply({ ...object, spec: { issuerRef: ours, usages: ofClients, ...spec } }, "test");
  }

  before("make the kind, the policy and the namespaces", async () => {
    await test().apply(crd);
    for (const name of ["shop", ...platform]) {
      await test().apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    const run = await programRun({ tls: '{"internal":true}' });
    for (const kind of ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]) {
      await eventually(() => test().apply(registeredObject(find(run, kind, policy))), 30_000);
    }
    // The API server takes a policy into use a moment after it has accepted it.
    await eventually(() => assert.rejects(ask({ isCA: true }), /spec\.isCA may not be true/), 60_000);
  });

  for (const [what, spec, message] of [
    ["a server's", { usages: ["digital signature", "server auth"] }, /spec\.usages .* are to be client auth/],
    ["both, a client's and a server's", { usages: [...ofClients, "server auth"] }, /spec\.usages/],
    ["one for everything", { usages: ["digital signature"] }, /spec\.usages/],
    ["one that says nothing", { usages: undefined }, /spec\.usages/],
    ["a CA's", { isCA: true }, /spec\.isCA may not be true/],
  ] as const) {
    it(`is no certificate that is ${what}`, () => assert.rejects(ask(spec), message));
  }

  it("is that of clients, which brings the CA", async () => {
    await ask({});
  });

  it("is any in the platform's own namespaces", async () => {
    for (const namespace of platform) await ask({ usages: ["digital signature", "server auth"] }, namespace);
  });

  it("says nothing of other issuers", async () => {
    await ask({ usages: ["server auth"], issuerRef: { ...ours, name: "letsencrypt" } });
    await ask({ usages: ["server auth"], issuerRef: { ...ours, kind: "Issuer" } });
  });
});

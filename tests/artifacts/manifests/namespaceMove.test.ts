import assert from "node:assert/strict";
import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { moveNamespace } from "../../../artifacts/manifests/namespaceMove.ts";

const move = { from: "default", to: "new" };

function moved(kind: string, fields: Record<string, unknown>, metadata: Record<string, unknown> = {}): ManifestObject {
  return moveNamespace({ apiVersion: "v1", kind, metadata: { name: "default", ...metadata }, ...fields }, move);
}

function movedContainer(container: Record<string, unknown>): unknown {
  const spec = (inside: unknown) => ({ spec: { template: { spec: { containers: [inside] } } } });
  const after = moved("Deployment", spec({ name: "default", ...container }));
  const containers = (after as unknown as { spec: { template: { spec: { containers: unknown[] } } } }).spec.template
    .spec;
  const [{ name, ...rest }] = containers.containers as [Record<string, unknown>];
  assert.equal(name, "default");
  return rest;
}

describe("moveNamespace", () => {
  it("moves an object, not what only has the namespace's name", () => {
    const { metadata } = moved("Service", {}, { namespace: "default", labels: { a: "default" } });
    assert.deepEqual(metadata, { name: "default", namespace: "new", labels: { a: "default" } });
  });

  it("leaves objects of other namespaces and of none", () => {
    assert.equal(moved("Service", {}, { namespace: "kube-system" }).metadata.namespace, "kube-system");
    assert.equal("namespace" in moved("ClusterRole", {}).metadata, false);
  });

  for (const kind of ["RoleBinding", "ClusterRoleBinding"]) {
    it(`moves the subjects of a ${kind}`, () => {
      const subject = { kind: "ServiceAccount", name: "default" };
      const other = { ...subject, namespace: "other" };
      const after = moved(kind, { subjects: [{ ...subject, namespace: "default" }, other] });
      assert.deepEqual(after["subjects"], [{ ...subject, namespace: "new" }, other]);
    });
  }

  for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]) {
    it(`moves the Service of a ${kind} and its certificate`, () => {
      const webhooks = (namespace: string) => [{ clientConfig: { service: { name: "default", namespace } } }];
      const after = moved(
        kind,
        { webhooks: webhooks("default") },
        { annotations: { "cert-manager.io/inject-ca-from": "default/default", other: "default/x" } },
      );
      assert.deepEqual(after["webhooks"], webhooks("new"));
      assert.deepEqual(after.metadata["annotations"], {
        "cert-manager.io/inject-ca-from": "new/default",
        other: "default/x",
      });
    });
  }

  it("moves the conversion webhook of a CRD", () => {
    const spec = (namespace: string) => ({
      conversion: { webhook: { clientConfig: { service: { name: "a", namespace, path: "/convert" } } } },
    });
    assert.deepEqual(moved("CustomResourceDefinition", { spec: spec("default") })["spec"], spec("new"));
  });

  it("moves the Service of an APIService", () => {
    const spec = (namespace: string) => ({ service: { name: "a", namespace } });
    assert.deepEqual(moved("APIService", { spec: spec("default") })["spec"], spec("new"));
  });

  it("moves the host names of a Certificate", () => {
    const after = moved("Certificate", {
      spec: { dnsNames: ["a.default.svc", "a.default.svc.cluster.local", "a.other.svc"], secretName: "default" },
    });
    assert.deepEqual(after["spec"], {
      dnsNames: ["a.new.svc", "a.new.svc.cluster.local", "a.other.svc"],
      secretName: "default",
    });
  });

  it("moves what containers are told: namespaces, references and hosts, not any word", () => {
    assert.deepEqual(
      movedContainer({
        command: ["/operator", "--leader-election-namespace=default"],
        args: [
          "--namespaces=a,default,b",
          "--kubelet-service=default/kubelet",
          "--config=https://api.default.svc:443/x",
          "--policy=default",
          "--watch-namespace",
          "default",
          "--mode",
          "default",
          7,
        ],
        env: [
          { name: "WATCH_NAMESPACE", value: "default" },
          { name: "ENDPOINT", value: "api.default.svc:4317" },
          { name: "MODE", value: "default" },
          { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
        ],
      }),
      {
        command: ["/operator", "--leader-election-namespace=new"],
        args: [
          "--namespaces=a,new,b",
          "--kubelet-service=new/kubelet",
          "--config=https://api.new.svc:443/x",
          "--policy=default",
          "--watch-namespace",
          "new",
          "--mode",
          "default",
          7,
        ],
        env: [
          { name: "WATCH_NAMESPACE", value: "new" },
          { name: "ENDPOINT", value: "api.new.svc:4317" },
          { name: "MODE", value: "default" },
          { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
        ],
      },
    );
  });
});

import assert from "node:assert/strict";
import { remains, type RemainingObject } from "../../recovery/remains.ts";

const own = { "app.kubernetes.io/part-of": "fluffy-observability" };

/** What a cluster holds of each kind. */
function clusterWith(objects: Readonly<Record<string, RemainingObject[]>>) {
  return ({ kind }: { kind: string }) => Promise.resolve(objects[kind] ?? []);
}

const crd = (name: string, namespace: string, release: string): RemainingObject => ({
  metadata: {
    name,
    annotations: { "meta.helm.sh/release-namespace": namespace, "meta.helm.sh/release-name": release },
  },
});

const volume = (name: string, namespace: string, persistentVolumeReclaimPolicy: string): RemainingObject => ({
  metadata: { name },
  spec: { claimRef: { namespace, name: "data" }, persistentVolumeReclaimPolicy },
});

describe("remains", () => {
  it("is nothing in an empty cluster, and nothing of others", async () => {
    const others = clusterWith({
      Namespace: [{ metadata: { name: "cert-manager" } }, { metadata: { name: "team", labels: own } }],
      CustomResourceDefinition: [crd("a.example.org", "team", "a"), { metadata: { name: "b.example.org" } }],
      PersistentVolume: [volume("pv", "team", "Retain")],
      Service: [{ metadata: { name: "kubelet", namespace: "kube-system" } }],
    });
    assert.deepEqual([await remains(clusterWith({})), await remains(others)], [[], []]);
  });

  it("says of each what it is, and the command that removes it", async () => {
    const lines = await remains(
      clusterWith({
        CustomResourceDefinition: [
          crd("b.example.org", "prometheus-operator", "prometheus-operator"),
          crd("a.example.org", "prometheus-operator", "prometheus-operator"),
        ],
        Namespace: [{ metadata: { name: "cert-manager", labels: own } }],
        PersistentVolume: [volume("pvc-1", "observability", "Retain"), volume("pvc-2", "observability", "Delete")],
        Service: [
          {
            metadata: {
              ...{ name: "kubelet", namespace: "kube-system" },
              labels: { "app.kubernetes.io/managed-by": "prometheus-operator" },
            },
          },
        ],
      }),
    );
    assert.deepEqual(lines, [
      "2 CRDs of release prometheus-operator/prometheus-operator; with them goes every object of their kinds, other teams' too: kubectl delete customresourcedefinitions a.example.org b.example.org",
      "namespace cert-manager, with what others have put into it: kubectl delete namespace cert-manager",
      "volume of claim observability/data, kept by its storage class: kubectl delete persistentvolume pvc-1, and its disk where that is",
      "the Prometheus operator's Service of the kubelets: kubectl delete --namespace kube-system service kubelet",
    ]);
  });

  it("refuses to name what is still in use", async () => {
    const there = { name: "observability", labels: own };
    await assert.rejects(remains(clusterWith({ Namespace: [{ metadata: there }] })), {
      message: 'namespace observability is there: this lists what destroy has left; run "pulumi destroy" first',
    });
    const going = { ...there, deletionTimestamp: "2026-11-28T00:00:00Z" };
    assert.deepEqual(await remains(clusterWith({ Namespace: [{ metadata: going }] })), []);
  });
});

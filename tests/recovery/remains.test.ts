import assert from "node:assert/strict";
import { remainderLine, remains, type RemainingObject } from "../../recovery/remains.ts";

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

const volume = (
  name: string,
  namespace: string,
  persistentVolumeReclaimPolicy: string,
  phase = "Released",
): RemainingObject => ({
  metadata: { name },
  ...{ spec: { claimRef: { namespace, name: "data" }, persistentVolumeReclaimPolicy }, status: { phase } },
});

const kubelets = (name: string): RemainingObject => ({
  metadata: {
    ...{ name, namespace: "kube-system" },
    labels: { "app.kubernetes.io/managed-by": "prometheus-operator" },
  },
});

const caCopy = (name: string, certificate: string): RemainingObject => ({
  metadata: { name, namespace: "team", annotations: { "cert-manager.io/certificate-name": certificate } },
});

const lease = (
  name: string,
  spec: NonNullable<RemainingObject["spec"]>,
  namespace = "kube-system",
): RemainingObject => ({
  metadata: { name, namespace },
  spec,
});

const renewed = (secondsAgo: number) => ({
  ...{ holderIdentity: "cert-manager-5d-x", leaseDurationSeconds: 60 },
  renewTime: new Date(Date.now() - secondsAgo * 1000).toISOString(),
});

/** Lines of what a cluster has of a destroyed stack. */
const linesOf = async (...args: Parameters<typeof remains>) => (await remains(...args)).map(remainderLine);

describe("remains", () => {
  it("is nothing in an empty cluster, and nothing of others", async () => {
    const others = clusterWith({
      Namespace: [{ metadata: { name: "cert-manager" } }, { metadata: { name: "team", labels: own } }],
      CustomResourceDefinition: [crd("a.example.org", "team", "a"), { metadata: { name: "b.example.org" } }],
      PersistentVolume: [volume("pv", "team", "Retain"), volume("used", "cert-manager", "Retain", "Bound")],
      Service: [{ metadata: { name: "kubelet", namespace: "kube-system" } }, kubelets("other-kubelet")],
      Secret: [caCopy("otlp-ca", "theirs"), caCopy("theirs", "otlp-ca")],
      Lease: [
        lease("cert-manager-controller", renewed(15)),
        lease("cert-manager-controller", { holderIdentity: "" }, "cert-manager"),
        lease("kube-scheduler", renewed(900)),
      ],
    });
    assert.deepEqual([await remains(clusterWith({})), await remains(others)], [[], []]);
  });

  it("leaves out CRDs of a release that is installed, whichever way it is asked for", async () => {
    const site = { owner: "helm", name: "cert-manager" };
    const secrets: RemainingObject[] = [
      { metadata: { name: "sh.helm.release.v1.cert-manager.v1", namespace: "cert-manager", labels: site } },
      { metadata: { name: "no-record", namespace: "grafana-operator", labels: { name: "grafana-operator" } } },
    ];
    const definitions = [
      crd("a.cert-manager.io", "cert-manager", "cert-manager"),
      crd("b.example.org", "grafana-operator", "grafana-operator"),
    ];
    const asked: unknown[] = [];
    const lines = await linesOf((kind) => {
      if (kind.kind === "Secret") asked.push(kind.selector);
      return clusterWith({ CustomResourceDefinition: definitions, Secret: secrets })(kind);
    });
    assert.deepEqual(
      lines.map((line) => line.split(";")[0]),
      ["1 CRDs of release grafana-operator/grafana-operator"],
    );
    // Without the first kubectl would give all secrets but those.
    assert.deepEqual(asked, ["owner=helm", "controller.cert-manager.io/fao=true"]);
  });

  it("says of each what it is, and the command that removes it", async () => {
    const lines = await linesOf(
      clusterWith({
        CustomResourceDefinition: [
          crd("b.example.org", "prometheus-operator", "prometheus-operator"),
          crd("a.example.org", "prometheus-operator", "prometheus-operator"),
        ],
        Namespace: [{ metadata: { name: "cert-manager", labels: own } }],
        PersistentVolume: [volume("pvc-1", "observability", "Retain"), volume("pvc-2", "observability", "Delete")],
        Service: [kubelets("kubelet")],
        Secret: [caCopy("otlp-ca", "otlp-ca")],
        // Given back by its pod, and of a pod that was killed.
        Lease: [
          lease("cert-manager-controller", { ...renewed(15), holderIdentity: "" }),
          lease("cert-manager-cainjector-leader-election", renewed(61)),
        ],
      }),
    );
    assert.deepEqual(lines, [
      "2 CRDs of release prometheus-operator/prometheus-operator; with them goes every object of their kinds, other teams' too: kubectl delete customresourcedefinitions a.example.org b.example.org",
      "namespace cert-manager, with what others have put into it: kubectl delete namespace cert-manager",
      "volume of claim observability/data, kept by its storage class; its disk is to be deleted too, where that is: kubectl delete persistentvolume pvc-1",
      "the Prometheus operator's Service of the kubelets, if no other Prometheus operator runs: kubectl delete --namespace kube-system service kubelet",
      "the Collector's CA for injected pods: kubectl delete --namespace team secret otlp-ca",
      "cert-manager's election of a leader, which nobody holds: kubectl delete --namespace kube-system lease cert-manager-controller",
      "cert-manager's election of a leader, which nobody holds: kubectl delete --namespace kube-system lease cert-manager-cainjector-leader-election",
    ]);
  });

  it("names the context that it has looked at in each command", async () => {
    const there = clusterWith({
      ...{ CustomResourceDefinition: [crd("a.example.org", "prometheus-operator", "prometheus-operator")] },
      ...{ Namespace: [{ metadata: { name: "cert-manager", labels: own } }], Service: [kubelets("kubelet")] },
      ...{ PersistentVolume: [volume("pvc-1", "observability", "Retain")], Secret: [caCopy("otlp-ca", "otlp-ca")] },
      Lease: [lease("cert-manager-controller", {})],
    });
    const lines = await linesOf(there, "kubectl --context 'kind shop'");
    assert.equal(lines.length, 6);
    for (const line of lines) assert.match(line, /: kubectl --context 'kind shop' delete /);
  });

  it("names the claims of a namespace that production keeps, and what goes with the namespace", async () => {
    const claim = (name: string, namespace: string) => ({ metadata: { name, namespace } });
    const lines = await linesOf(
      clusterWith({
        Namespace: [
          { metadata: { name: "observability", labels: own } },
          { metadata: { name: "cert-manager", labels: own } },
          { metadata: { name: "grafana-operator", labels: own, deletionTimestamp: "2026-11-28T00:00:00Z" } },
        ],
        PersistentVolumeClaim: [
          claim("data-victoria-logs-0", "observability"),
          claim("data", "team"),
          claim("data", "grafana-operator"),
        ],
      }),
    );
    assert.deepEqual(lines, [
      "claim observability/data-victoria-logs-0, with what is on its volume: kubectl delete --namespace observability persistentvolumeclaim data-victoria-logs-0",
      "namespace observability, with the claims in it and what others have put into it: kubectl delete namespace observability",
      "namespace cert-manager, with the CA, where the stack had one, that has signed what is in observability and what others have put into it: kubectl delete namespace cert-manager",
    ]);
  });

  it("refuses to name what is still in use", async () => {
    const there = { name: "opentelemetry-operator-system", labels: own };
    await assert.rejects(remains(clusterWith({ Namespace: [{ metadata: there }] })), {
      message:
        'namespace opentelemetry-operator-system is there: this lists what destroy has left; run "pulumi destroy" first',
    });
    const going = { ...there, deletionTimestamp: "2026-11-28T00:00:00Z" };
    assert.deepEqual(await remains(clusterWith({ Namespace: [{ metadata: going }] })), []);
  });
});

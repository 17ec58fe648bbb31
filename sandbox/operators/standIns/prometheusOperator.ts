import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { operatorImages } from "../../../catalog/versions.ts";
import { type CrdArgs, crd, operator, service } from "./objects.ts";

const group = "monitoring.coreos.com";

const serverScale = (specReplicas: string, statusReplicas: string) => ({
  specReplicasPath: `.spec.${specReplicas}`,
  statusReplicasPath: `.status.${statusReplicas}`,
  labelSelectorPath: ".status.selector",
});

const v1 = [{ name: "v1" }];

const kinds: Omit<CrdArgs, "group">[] = [
  {
    kind: "Alertmanager",
    shortNames: ["am"],
    versions: [{ name: "v1", scale: serverScale("replicas", "replicas") }],
  },
  {
    kind: "Prometheus",
    plural: "prometheuses",
    shortNames: ["prom"],
    versions: [{ name: "v1", scale: serverScale("shards", "shards") }],
  },
  { kind: "AlertmanagerConfig", shortNames: ["amcfg"], versions: [{ name: "v1alpha1" }] },
  { kind: "PodMonitor", shortNames: ["pmon"], versions: v1 },
  { kind: "Probe", shortNames: ["prb"], versions: v1 },
  { kind: "ServiceMonitor", shortNames: ["smon"], versions: v1 },
  { kind: "PrometheusRule", shortNames: ["promrule"], versions: v1 },
];

/** As upstream's release manifest: everything is in `default`. */
export function prometheusOperator(): ManifestObject[] {
  const name = "prometheus-operator";
  const [image, reloader] = operatorImages.prometheusOperator;
  return [
    ...kinds.map((kind) => crd({ group, ...kind })),
    ...operator({
      name,
      namespace: "default",
      image,
      args: ["--kubelet-service=kube-system/kubelet", `--prometheus-config-reloader=${reloader}`],
      apiGroups: [group, "apps"],
    }),
    service(name, name, "default", 8080),
  ];
}

import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { operatorImages } from "../../../catalog/versions.ts";
import { operator, service } from "./objects.ts";

/** As upstream's release manifest, in `kube-system`. */
export function metricsServer(): ManifestObject[] {
  const name = "metrics-server";
  const namespace = "kube-system";
  return [
    ...operator({
      name,
      namespace,
      image: operatorImages.metricsServer[0],
      args: ["--cert-dir=/tmp", "--secure-port=10250", "--metric-resolution=15s"],
      apiGroups: [""],
    }),
    service(name, name, namespace, 443),
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: {
        group: "metrics.k8s.io",
        groupPriorityMinimum: 100,
        insecureSkipTLSVerify: true,
        service: { name, namespace },
        version: "v1beta1",
        versionPriority: 100,
      },
    },
  ];
}

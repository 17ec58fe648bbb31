import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { operatorImages, replacedImages } from "../../../catalog/versions.ts";
import { crd, operator, webhooks } from "./objects.ts";

const group = "jaegertracing.io";
const namespace = "observability";
const name = "jaeger-operator";

/** As upstream's release manifest, the image that no longer exists included. */
export function jaegerOperator(): ManifestObject[] {
  const [image] = operatorImages.jaegerOperator;
  return [
    crd({
      group,
      kind: "Jaeger",
      annotations: { "cert-manager.io/inject-ca-from": `${namespace}/${name}-serving-cert` },
      versions: [{ name: "v1" }],
    }),
    ...operator({
      name,
      namespace,
      image,
      args: ["start", "--health-probe-bind-address=:8081", "--leader-elect"],
      apiGroups: [group, "apps"],
      sidecars: Object.fromEntries(Object.keys(replacedImages).map((removed) => ["kube-rbac-proxy", removed])),
    }),
    ...webhooks({
      operator: name,
      namespace,
      deployment: name,
      secretName: `${name}-service-cert`,
      group,
      mutating: {
        "deployment.sidecar-injector.jaegertracing.io": "apps/v1/deployments",
        "mjaeger.kb.io": `${group}/v1/jaegers`,
      },
      validating: { "vjaeger.kb.io": `${group}/v1/jaegers` },
    }),
  ];
}

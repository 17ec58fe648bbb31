import type { ManifestObject } from "../../components/operators/manifest.ts";
import { operatorImages, replacedImages } from "../../components/versions.ts";
import { crd, operator, webhooks } from "./objects.ts";
import { affinity, podSecurityContext, resources, tolerations, volumeMounts, volumes } from "./podSchemas.ts";
import { type Schema, boolean, integer, list, mapOf, object, open, string } from "./schema.ts";

const group = "jaegertracing.io";
const namespace = "observability";
const name = "jaeger-operator";

/** What every part of a Jaeger has. */
const common: Record<string, Schema> = {
  affinity,
  annotations: mapOf(string),
  labels: mapOf(string),
  resources,
  securityContext: podSecurityContext,
  serviceAccount: string,
  tolerations,
  volumeMounts,
  volumes,
};

const part: Record<string, Schema> = { ...common, image: string, options: open };

const jaeger = object({
  ...common,
  allInOne: object({ ...part, config: open }),
  collector: object({ ...part, config: open, maxReplicas: integer, minReplicas: integer, replicas: integer }),
  ingress: object({
    ...common,
    enabled: boolean,
    hosts: list(string),
    ingressClassName: string,
    options: open,
    security: string,
  }),
  query: object({ ...part, replicas: integer }),
  sampling: object({ options: open }),
  storage: object({
    dependencies: object({ enabled: boolean }),
    esIndexCleaner: object({ ...common, enabled: boolean, image: string, numberOfDays: integer, schedule: string }),
    options: open,
    secretName: string,
    type: string,
  }),
  strategy: string,
  ui: object({ options: open }),
});

/** As upstream's release manifest, the image that no longer exists included. */
export function jaegerOperator(): ManifestObject[] {
  const [image] = operatorImages.jaegerOperator;
  return [
    crd({
      group,
      kind: "Jaeger",
      annotations: { "cert-manager.io/inject-ca-from": `${namespace}/${name}-serving-cert` },
      versions: [
        { name: "v1", spec: jaeger, status: object({ phase: string, version: string }, ["phase", "version"]) },
      ],
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

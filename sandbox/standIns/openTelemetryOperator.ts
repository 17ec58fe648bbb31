import type { ManifestObject } from "../../components/operators/manifest.ts";
import { operatorImages } from "../../components/versions.ts";
import { crd, operator, webhooks } from "./objects.ts";
import {
  claimSpec,
  conditions,
  env,
  metadata,
  podSecurityContext,
  resources,
  scheduling,
  securityContext,
  volumeMounts,
  volumes,
} from "./podSchemas.ts";
import { type Schema, boolean, intOrString, integer, list, mapOf, object, open, string } from "./schema.ts";

const group = "opentelemetry.io";
const namespace = "opentelemetry-operator-system";
const prefix = "opentelemetry-operator";

/** What both versions of the collector share. */
const collector: Record<string, Schema> = {
  args: mapOf(string),
  autoscaler: object({
    maxReplicas: integer,
    minReplicas: integer,
    targetCPUUtilization: integer,
    targetMemoryUtilization: integer,
  }),
  deploymentUpdateStrategy: object({
    rollingUpdate: object({ maxSurge: intOrString, maxUnavailable: intOrString }),
    type: string,
  }),
  env,
  envFrom: list(object({ configMapRef: object({ name: string }), secretRef: object({ name: string }) })),
  hostNetwork: boolean,
  image: string,
  imagePullPolicy: string,
  managementState: string,
  mode: string,
  observability: object({
    metrics: object({ enableMetrics: boolean }),
  }),
  podAnnotations: mapOf(string),
  podDisruptionBudget: object({ maxUnavailable: intOrString, minAvailable: intOrString }),
  podSecurityContext,
  ports: list(
    object({ appProtocol: string, name: string, port: integer, protocol: string, targetPort: intOrString }, ["port"]),
  ),
  replicas: integer,
  resources,
  securityContext,
  serviceAccount: string,
  serviceName: string,
  terminationGracePeriodSeconds: integer,
  upgradeStrategy: string,
  volumeClaimTemplates: list(object({ metadata: object({ ...metadata.properties, name: string }), spec: claimSpec })),
  volumeMounts,
  volumes,
  ...scheduling,
};

const pipeline = object({ exporters: list(string), processors: list(string), receivers: list(string) }, [
  "exporters",
  "receivers",
]);

const preserved = { "x-kubernetes-preserve-unknown-fields": true } as const;

const config: Schema = {
  ...object(
    {
      connectors: open,
      exporters: open,
      extensions: open,
      processors: open,
      receivers: open,
      service: object({ extensions: list(string), pipelines: { ...mapOf(pipeline), ...preserved }, telemetry: open }, [
        "pipelines",
      ]),
    },
    ["exporters", "receivers", "service"],
  ),
  ...preserved,
};

const oldStatus: Record<string, Schema> = {
  image: string,
  scale: object({ replicas: integer, selector: string, statusReplicas: string }),
  version: string,
};

const status = object({ ...oldStatus, conditions, observedGeneration: integer });

const scale = {
  specReplicasPath: ".spec.replicas",
  statusReplicasPath: ".status.scale.replicas",
  labelSelectorPath: ".status.scale.selector",
};

const language = object({ env, image: string, resourceRequirements: resources, volumeLimitSize: intOrString });

const instrumentation = object({
  defaults: object({ useLabelsForResourceAttributes: boolean }),
  dotnet: language,
  env,
  exporter: object({
    endpoint: string,
    tls: object({ ca_file: string, cert_file: string, configMapName: string, key_file: string, secretName: string }),
  }),
  go: object({ ...language.properties, securityContext }),
  imagePullPolicy: string,
  initContainerSecurityContext: securityContext,
  java: object({ env, image: string, resources, volumeLimitSize: intOrString }),
  nodejs: language,
  propagators: list(string),
  python: language,
  resource: object({ addK8sUIDAttributes: boolean, resourceAttributes: mapOf(string) }),
  sampler: object({ argument: string, type: string }),
});

/** As upstream's release manifest, its namespace included. */
export function openTelemetryOperator(): ManifestObject[] {
  const name = `${prefix}-controller-manager`;
  const collectors = {
    group,
    kind: "OpenTelemetryCollector",
    shortNames: ["otelcol", "otelcols"],
    annotations: { "cert-manager.io/inject-ca-from": `${namespace}/${prefix}-serving-cert` },
    conversion: {
      strategy: "Webhook",
      webhook: {
        clientConfig: { service: { name: `${prefix}-webhook-service`, namespace, path: "/convert" } },
        conversionReviewVersions: ["v1alpha1", "v1beta1"],
      },
    },
    versions: [
      {
        name: "v1alpha1",
        spec: object({ ...collector, config: string }, ["config"]),
        status: object(oldStatus),
        scale,
      },
      { name: "v1beta1", spec: object({ ...collector, config, sessionAffinity: string }, ["config"]), status, scale },
    ],
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    crd({
      group,
      kind: "Instrumentation",
      shortNames: ["otelinst", "otelinsts"],
      versions: [{ name: "v1alpha1", spec: instrumentation, status: object() }],
    }),
    crd(collectors),
    ...operator({
      name,
      container: "manager",
      namespace,
      image: operatorImages.openTelemetryOperator[0],
      apiGroups: [group, "apps", "monitoring.coreos.com"],
    }),
    ...webhooks({
      operator: prefix,
      namespace,
      deployment: name,
      secretName: `${name}-service-cert`,
      group,
      mutating: {
        "minstrumentation.kb.io": `${group}/v1alpha1/instrumentations`,
        "mopentelemetrycollectorbeta.kb.io": `${group}/v1beta1/opentelemetrycollectors`,
        "mpod.kb.io": "v1/pods",
      },
      validating: {
        "vinstrumentationcreateupdate.kb.io": `${group}/v1alpha1/instrumentations`,
        "vopentelemetrycollectorcreateupdatebeta.kb.io": `${group}/v1beta1/opentelemetrycollectors`,
      },
    }),
  ];
}

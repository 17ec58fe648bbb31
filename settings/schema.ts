import { z } from "zod";
import { accessSchema, oidcSchema } from "./access.ts";
import { apiNamespacesSchema } from "./apiNamespaces.ts";
import { alertSecretsSchema, notificationShape, sloSchema } from "./alerting.ts";
import { collectorSchema } from "./collector.ts";
import { grafanaSchema } from "./grafana.ts";
import { imagesSchema } from "./images.ts";
import { logsSchema, maskingSchema } from "./logs.ts";
import {
  image,
  integer,
  isHostPort,
  optionalSecretName,
  memoryLimit,
  exportInterval,
  optionalBaseUrl,
  optionalQuantity,
  quantity,
  url,
} from "./bounds.ts";
import { prometheusSchema } from "./prometheus.ts";
import { tlsSchema } from "./tls.ts";

/** What the settings look like. The defaults here and those in Pulumi.yaml are the same; a test compares them. */

const replicas = integer(1, 100);

const partsSchema = z.strictObject({
  /** cert-manager. Off: the cluster has one. @default true */
  certManager: z.boolean().default(true),
  /** The Prometheus operator. Off: the cluster has one; Prometheus and Alertmanager are still made here. @default true */
  prometheusOperator: z.boolean().default(true),
  /** metrics-server. Off: the cluster has one, or nobody needs it. @default true */
  metricsServer: z.boolean().default(true),
  /** Jaeger. Off: it runs elsewhere, see `jaeger.endpoint` and `jaeger.url`. @default true */
  jaeger: z.boolean().default(true),
  /** Logs: the store, and what collects them. Off: nothing of it is made. @default true */
  logs: z.boolean().default(true),
  /** Grafana and its operator. Off: it runs elsewhere, see `grafana.url`. @default true */
  grafana: z.boolean().default(true),
  /** Metrics of the cluster: kube-state-metrics, and what the kubelets say of containers and nodes. @default true */
  clusterMetrics: z.boolean().default(true),
  /** The sample API `python-api`. @default true */
  sampleApi: z.boolean().default(true),
});

const jaegerSchema = z.strictObject({
  /** Where spans are kept. `badger` needs engine `v2`. @default "memory" */
  storage: z.enum(["memory", "badger", "elasticsearch"]).default("memory"),
  /** Traces kept by storage `memory`. @default 100000 */
  maxTraces: integer(1, 100_000_000).default(100_000),
  /** How long storage `badger` keeps spans. @default "72h" */
  retention: z
    .string()
    .regex(/^[1-9]\d*(m|h)$/, "a duration in minutes or hours such as 72h")
    .default("72h"),
  /** Size of the volume of storage `badger`. @default "10Gi" */
  volumeSize: quantity.default("10Gi"),
  /** URL of the Elasticsearch or OpenSearch of storage `elasticsearch`. @default "" */
  elasticsearchUrl: optionalBaseUrl.default(""),
  /** Secret in namespace `observability` with the keys `ES_USERNAME` and `ES_PASSWORD`. @default "" - no login */
  elasticsearchSecret: optionalSecretName.default(""),
  /**
   * Secret in namespace `observability` with the CA of its certificate under `ca.crt`; needs a URL with https.
   * @default "" - the CAs of Jaeger's image
   */
  elasticsearchCaSecret: optionalSecretName.default(""),
  /** What the names of its indices begin with, where several Jaegers share it. @default "" */
  elasticsearchIndexPrefix: z
    .string()
    .regex(/^([a-z0-9][a-z0-9_-]*)?$/, "empty, or small letters, digits, - and _ such as prod")
    .default(""),
  /**
   * Days after which its indices are deleted, by a job at night; needs engine `operator` and an index prefix. @default 0 - never: by
   * Elasticsearch's own lifecycle policies
   */
  elasticsearchRetentionDays: integer(0, 3650).default(0),
  /** Memory limit of the container. @default "1Gi" */
  memoryLimit: memoryLimit("256Mi").default("1Gi"),
  /** host:port for OTLP/gRPC of a Jaeger elsewhere. @default "" */
  endpoint: z
    .string()
    .refine((text) => text === "" || isHostPort(text), "empty, or host:port such as jaeger.example:4317")
    .default(""),
  /** URL of the user interface of a Jaeger elsewhere. @default "" */
  url: optionalBaseUrl.default(""),
});

const clusterText = z.string().regex(/^[\w.-]*$/, "empty, or letters, digits and . _ - such as eu-1");

const clusterSchema = z.strictObject({
  /** Name of the cluster, on every signal as `k8s.cluster.name`. @default "" - none */
  name: clusterText.default(""),
  /**
   * On every signal that has none as `deployment.environment.name`. `production` and `prod`, in any case, refuse stores whose data
   * goes with their pod, and their `destroy` keeps the volume claims.
   * @default "" - none
   */
  environment: clusterText.default(""),
});

const instrumentationSchema = z.strictObject({
  /** Share of new traces that are kept, 0 to 1; a caller's decision is followed. @default 0.25 */
  samplingRatio: z.number().min(0, "a number from 0 to 1").max(1, "a number from 0 to 1").default(0.25),
  /** Seconds between two exports of an application's metrics. @default 60 - as in the SDK */
  metricExportIntervalSeconds: exportInterval.default(60),
  /**
   * Paths whose requests have no spans and no metrics: exact ones, of servers in every language.
   * @default ["/healthz", "/livez", "/readyz", "/metrics"]
   */
  ignoredPaths: z
    .array(z.string().regex(/^\/[\w./~+-]*$/, "a path such as /healthz, of letters, digits and . _ ~ + - /"))
    .default(["/healthz", "/livez", "/readyz", "/metrics"]),
  /** User that copies the injected files into a pod. 0: the cluster gives one, as OpenShift does. @default 65532 */
  initContainerUser: integer(0, 2_147_483_647).default(65_532),
  /** Let the operator inject Go programs: by a privileged container, so it is a decision. @default false */
  goInjection: z.boolean().default(false),
});

const alertmanagerSchema = z.strictObject({
  /** Pods of Alertmanager. @default 1 */
  replicas: replicas.default(1),
  /** Size of the volume of each pod, for silences. @default "" - no volume */
  volumeSize: optionalQuantity.default(""),
  ...notificationShape,
});

const tenancySchema = z.strictObject({
  /**
   * Refuse, by admission policies, objects of other namespaces that reach into the platform or another team. Needs
   * Kubernetes 1.30. @default true
   */
  policies: z.boolean().default(true),
  /**
   * Namespaces, which exist, that the platform's own people run besides the stack's: the policies do not bind them, the operator
   * runs their Prometheus and Alertmanager objects, their ScrapeConfigs and Probes are read, and Prometheus finds their Ingresses.
   * @default []
   */
  trustedNamespaces: z
    .array(z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "the name of a namespace such as ingress"))
    .default([]),
});

const networkPoliciesSchema = z.strictObject({
  /** Deny in the stack's namespaces whatever goes in or out that its parts do not need. @default false */
  enabled: z.boolean().default(false),
  /** Where the cluster's API server is, for its webhooks and its callers. @default [] - any address, on the ports concerned */
  apiServerCidrs: z
    .array(z.union([z.cidrv4(), z.cidrv6()], { error: "a network such as 10.0.0.1/32 or fd00::/64" }))
    .default([]),
  /** Ports on which the API server itself listens: where it is no pod, its Service's port is not the one that counts. @default [443, 6443] */
  apiServerPorts: z.array(integer(1, 65_535)).min(1, "a list of one port or more").default([443, 6443]),
  /** Ports on which Alertmanager reaches its receivers, at any address, besides those of mail servers. @default [443, 587] */
  receiverPorts: z.array(integer(1, 65_535)).default([443, 587]),
  /** Ports on which cert-manager reaches the cluster's issuers, at any address. @default [443, 80] - ACME */
  issuerPorts: z.array(integer(1, 65_535)).default([443, 80]),
});

const metricsServerSchema = z.strictObject({
  /** Accept kubelet certificates that no CA signed, as on kind; Prometheus then does too. @default false */
  kubeletInsecureTls: z.boolean().default(false),
});

const clusterMetricsSchema = z.strictObject({
  /** Memory limit of kube-state-metrics, which knows every pod of the cluster. @default "256Mi" */
  memoryLimit: memoryLimit("96Mi").default("256Mi"),
});

const sampleApiSchema = z.strictObject({
  /** Image of the sample API. @default "localhost:5005/python-api:dev" - kind's local registry */
  image: image.default("localhost:5005/python-api:dev"),
  /** Pods of the sample API. @default 1 */
  replicas: replicas.default(1),
  /** What `GET /hello` calls. @default "https://api.github.com/users/octocat" */
  upstreamUrl: url.default("https://api.github.com/users/octocat"),
});

/** All settings of the stack, by their keys in the stack's configuration. */
export const settingsSchema = z.strictObject({
  /** Context of the kubeconfig to install into. @default "" - the current context */
  kubeContext: z.string().default(""),
  /**
   * What `destroy` does with the operators' CRDs, and with every object of their kinds. A part that was installed with `delete` is
   * switched off only after an `up` with `keep`. @default "keep"
   */
  crdPolicy: z.enum(["delete", "keep"]).default("keep"),
  /** Folder or URL that holds the charts and release manifests. @default "" - upstream */
  artifactsMirror: z
    .string()
    .regex(/^(?!\w+:\/\/.*@)/s, "empty, a folder, or a URL without a login such as https://example.org/artifacts")
    .default(""),
  /** Refuse a release manifest whose checksum is not in artifacts.lock.json yet. @default false - recorded on first use */
  artifactsLocked: z.boolean().default(false),
  /** Where images come from. */
  images: imagesSchema.prefault({}),
  /** What runs Jaeger: `v2` by the OpenTelemetry operator, `operator` for v1 by the Jaeger operator. @default "v2" */
  jaegerEngine: z.enum(["v2", "operator"]).default("v2"),
  /** What Prometheus, traces and metrics say of the cluster. */
  cluster: clusterSchema.prefault({}),
  /** What this stack installs; what is off is expected in the cluster. */
  parts: partsSchema.prefault({}),
  jaeger: jaegerSchema.prefault({}),
  collector: collectorSchema.prefault({}),
  instrumentation: instrumentationSchema.prefault({}),
  prometheus: prometheusSchema.prefault({}),
  logs: logsSchema.prefault({}),
  masking: maskingSchema.prefault({}),
  alertmanager: alertmanagerSchema.prefault({}),
  /** Secret: URL, routing key or password of receivers, by their names. @default {} - receivers name a Secret */
  alertSecrets: alertSecretsSchema.prefault({}),
  /** What services promise; alerts tell when it is missed. */
  slo: sloSchema.prefault({}),
  grafana: grafanaSchema.prefault({}),
  /** What other teams may bring into the platform. */
  tenancy: tenancySchema.prefault({}),
  /** What goes over the network. */
  networkPolicies: networkPoliciesSchema.prefault({}),
  /** What is encrypted inside the cluster. */
  tls: tlsSchema.prefault({}),
  /** Who gets in from outside the cluster, and by which names. */
  access: accessSchema.prefault({}),
  /** Who people are: a provider of OpenID Connect. */
  oidc: oidcSchema.prefault({}),
  /** What the pods of each namespace of APIs may have together. */
  apiNamespaces: apiNamespacesSchema.prefault({}),
  metricsServer: metricsServerSchema.prefault({}),
  clusterMetrics: clusterMetricsSchema.prefault({}),
  sampleApi: sampleApiSchema.prefault({}),
});

/** The checked settings, defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>;

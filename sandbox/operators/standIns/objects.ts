import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";

/** Builders of the objects that every operator's release manifest holds. */

/** One version of a custom resource. */
export interface CrdVersion {
  name: string;
  /** Paths of the `scale` subresource. @default there is none */
  scale?: { specReplicasPath: string; statusReplicasPath: string; labelSelectorPath: string };
}

export interface CrdArgs {
  group: string;
  kind: string;
  /** @default the kind in small letters with an s */
  plural?: string;
  shortNames?: string[];
  /** @default "Namespaced" */
  scope?: "Namespaced" | "Cluster";
  /** The last one is stored. */
  versions: CrdVersion[];
  annotations?: Record<string, string>;
  conversion?: Record<string, unknown>;
}

/** Any object: a schema that repeats upstream's would be believed, and prove nothing about upstream's. */
const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** A CustomResourceDefinition whose objects may hold anything. */
export function crd(args: CrdArgs): ManifestObject {
  const { group, kind, shortNames, scope = "Namespaced", versions, annotations, conversion } = args;
  const singular = kind.toLowerCase();
  const plural = args.plural ?? `${singular}s`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, ...(annotations ? { annotations } : {}) },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural, singular, ...(shortNames ? { shortNames } : {}) },
      scope,
      ...(conversion ? { conversion } : {}),
      versions: versions.map(({ name, scale }, index) => ({
        name,
        served: true,
        storage: index === versions.length - 1,
        schema: { openAPIV3Schema: anything },
        subresources: { status: {}, ...(scale ? { scale } : {}) },
      })),
    },
  };
}

export interface OperatorArgs {
  /** Name of the Deployment and of what belongs to it. */
  name: string;
  /** Name of the container. @default the Deployment's */
  container?: string;
  namespace: string;
  image: string;
  args?: string[];
  /** API groups that the operator works on. @default the group of Deployments alone */
  apiGroups?: string[];
  /** Further containers of the pod, by name: their images. */
  sidecars?: Record<string, string>;
}

/** A Deployment of one pod, with its ServiceAccount and cluster-wide rights. */
export function operator(args: OperatorArgs): ManifestObject[] {
  const { name, namespace, image, apiGroups = ["apps"], sidecars = {} } = args;
  const labels = { "app.kubernetes.io/name": name };
  const own = { name, namespace, labels };
  const rbac = "rbac.authorization.k8s.io";
  const containers = [
    { name: args.container ?? name, image, ...(args.args ? { args: args.args } : {}) },
    ...Object.entries(sidecars).map(([sidecar, sidecarImage]) => ({ name: sidecar, image: sidecarImage })),
  ];
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: own },
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRole",
      metadata: { name, labels },
      rules: [{ apiGroups, resources: ["*"], verbs: ["get", "list", "watch"] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name, labels },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: own,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { serviceAccountName: name, containers } },
      },
    },
  ];
}

/** A Service for the pods of an operator. */
export function service(name: string, operatorName: string, namespace: string, port: number): ManifestObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: { "app.kubernetes.io/name": operatorName }, ports: [{ name: "https", port, targetPort: port }] },
  };
}

export interface WebhooksArgs {
  /** Name of the operator's Deployment: the prefix of everything that belongs to its webhooks. */
  operator: string;
  namespace: string;
  /** Where the pods listen, behind the Service `<operator>-webhook-service`. */
  deployment: string;
  secretName: string;
  /** API group of the operator's own custom resources. */
  group: string;
  /** What the webhooks look at, by their names: group, version and plural, e.g. `apps/v1/deployments`. */
  mutating: Record<string, string>;
  validating: Record<string, string>;
}

/** Webhook configurations with the certificate that cert-manager makes for them, named as Kubebuilder's scaffold does. */
export function webhooks(args: WebhooksArgs): ManifestObject[] {
  const { operator: prefix, namespace, deployment, secretName, group, mutating, validating } = args;
  const serviceName = `${prefix}-webhook-service`;
  const issuer = `${prefix}-selfsigned-issuer`;
  const certificate = `${prefix}-serving-cert`;
  const configuration = (type: "mutating" | "validating", hooks: Record<string, string>): ManifestObject => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: type === "mutating" ? "MutatingWebhookConfiguration" : "ValidatingWebhookConfiguration",
    metadata: {
      name: `${prefix}-${type}-webhook-configuration`,
      annotations: { "cert-manager.io/inject-ca-from": `${namespace}/${certificate}` },
    },
    webhooks: Object.entries(hooks).map(([name, target]) => {
      const [resource, version, apiGroup = ""] = target.split("/").reverse();
      return {
        name,
        admissionReviewVersions: ["v1"],
        clientConfig: { service: { name: serviceName, namespace, path: `/${type}-${name}` } },
        // An operator that is down must not hold up other people's objects.
        failurePolicy: apiGroup === group ? "Fail" : "Ignore",
        rules: [
          { apiGroups: [apiGroup], apiVersions: [version], operations: ["CREATE", "UPDATE"], resources: [resource] },
        ],
        sideEffects: "None",
      };
    }),
  });
  return [
    service(serviceName, deployment, namespace, 443),
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: certificate, namespace },
      spec: {
        dnsNames: [`${serviceName}.${namespace}.svc`, `${serviceName}.${namespace}.svc.cluster.local`],
        issuerRef: { kind: "Issuer", name: issuer },
        secretName,
      },
    },
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Issuer",
      metadata: { name: issuer, namespace },
      spec: { selfSigned: {} },
    },
    configuration("mutating", mutating),
    configuration("validating", validating),
  ];
}

import type { ManifestObject } from "../manifests/manifest.ts";

/** Builders of the objects that every operator's release manifest holds. */

/** What is the same in every version of a custom resource, but for its fields. */
export interface CrdArgs {
  group: string;
  kind: string;
  /** @default the kind in small letters with an s */
  plural?: string;
  shortNames?: string[];
  /** @default "Namespaced" */
  scope?: "Namespaced" | "Cluster";
  /** Their names; the last one is stored. */
  versions: string[];
  /** Paths of the `scale` subresource. @default there is none */
  scale?: { specReplicasPath: string; statusReplicasPath: string; labelSelectorPath: string };
  annotations?: Record<string, string>;
  conversion?: Record<string, unknown>;
}

/** Any object: a schema that repeats upstream's would be believed, and prove nothing about upstream's. */
const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** A CustomResourceDefinition whose objects may hold anything. */
export function crd(args: CrdArgs): ManifestObject {
  const { group, kind, shortNames, scope = "Namespaced", versions, scale, annotations, conversion } = args;
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
      versions: versions.map((name) => ({
        name,
        served: true,
        storage: name === versions.at(-1),
        schema: { openAPIV3Schema: anything },
        subresources: { status: {}, ...(scale ? { scale } : {}) },
      })),
    },
  };
}

/** An operator's Deployment. */
export interface OperatorArgs {
  /** Name of the Deployment and of what belongs to it. */
  name: string;
  namespace: string;
  /** Image of each container of the pod, by the container's name; the first is the operator. */
  images: Record<string, string>;
  args?: string[];
  /** API groups that the operator works on. */
  apiGroups: string[];
}

/** A Deployment of one pod, with its ServiceAccount and cluster-wide rights. */
export function operator({ name, namespace, images, args, apiGroups }: OperatorArgs): ManifestObject[] {
  const labels = { "app.kubernetes.io/name": name };
  const own = { name, namespace, labels };
  const rbac = "rbac.authorization.k8s.io";
  const containers = Object.entries(images).map(([container, image], index) => ({
    ...{ name: container, image },
    ...(index === 0 && args ? { args } : {}),
  }));
  const rules = [{ apiGroups, resources: ["*"], verbs: ["get", "list", "watch"] }];
  const roleRef = { apiGroup: rbac, kind: "ClusterRole", name };
  const subjects = [{ kind: "ServiceAccount", name, namespace }];
  const template = { metadata: { labels }, spec: { serviceAccountName: name, containers } };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: own },
    { apiVersion: `${rbac}/v1`, kind: "ClusterRole", metadata: { name, labels }, rules },
    { apiVersion: `${rbac}/v1`, kind: "ClusterRoleBinding", metadata: { name, labels }, roleRef, subjects },
    {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: own },
      spec: { replicas: 1, selector: { matchLabels: labels }, template },
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

/** What a webhook looks at. */
export interface Webhook {
  name: string;
  /** The Service that its pods are behind, and the path there. */
  service: { name: string; namespace: string; path: string };
  /** Group, version and plural, e.g. `apps/v1/deployments`; without a group `v1/pods`. */
  resource: string;
  operations: string[];
  failurePolicy: "Fail" | "Ignore";
}

/**
 * A Mutating- or ValidatingWebhookConfiguration.
 *
 * @param annotations tell cert-manager whose CA to put in
 */
export function webhookConfiguration(
  type: "Mutating" | "Validating",
  name: string,
  annotations: Record<string, string>,
  webhooks: Webhook[],
): ManifestObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: `${type}WebhookConfiguration`,
    metadata: { name, annotations },
    webhooks: webhooks.map((webhook) => {
      const [plural, version, group = ""] = webhook.resource.split("/").reverse();
      const { operations, failurePolicy } = webhook;
      return {
        name: webhook.name,
        admissionReviewVersions: ["v1"],
        clientConfig: { service: webhook.service },
        failurePolicy,
        rules: [{ apiGroups: [group], apiVersions: [version], operations, resources: [plural] }],
        sideEffects: "None",
      };
    }),
  };
}

/** The webhooks of an operator that Kubebuilder's scaffold has named. */
export interface ScaffoldArgs {
  /** Prefix of everything that belongs to the webhooks. */
  prefix: string;
  namespace: string;
  /** Whose pods listen, behind the Service `<prefix>-webhook-service`. */
  deployment: string;
  /** API group of the operator's own custom resources. */
  group: string;
  /** What the webhooks look at, by their names: as in `Webhook`. */
  mutating: Record<string, string>;
  validating: Record<string, string>;
}

/** Webhook configurations with the certificate that cert-manager makes for them. */
export function webhooks({ prefix, namespace, deployment, group, ...hooks }: ScaffoldArgs): ManifestObject[] {
  const name = `${prefix}-webhook-service`;
  const issuer = { name: `${prefix}-selfsigned-issuer`, namespace };
  const certificate = { name: `${prefix}-serving-cert`, namespace };
  const dnsNames = [`${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  const issuerRef = { kind: "Issuer", name: issuer.name };
  const spec = { dnsNames, issuerRef, secretName: `${deployment}-service-cert` };
  const configuration = (type: "mutating" | "validating") =>
    webhookConfiguration(
      type === "mutating" ? "Mutating" : "Validating",
      `${prefix}-${type}-webhook-configuration`,
      { "cert-manager.io/inject-ca-from": `${namespace}/${certificate.name}` },
      Object.entries(hooks[type]).map(([hook, resource]) => ({
        name: hook,
        service: { name, namespace, path: `/${type}-${hook}` },
        resource,
        operations: ["CREATE", "UPDATE"],
        // An operator that is down must not hold up other people's objects.
        failurePolicy: resource.startsWith(`${group}/`) ? "Fail" : "Ignore",
      })),
    );
  return [
    service(name, deployment, namespace, 443),
    { apiVersion: "cert-manager.io/v1", kind: "Certificate", metadata: certificate, spec },
    { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: issuer, spec: { selfSigned: {} } },
    configuration("mutating"),
    configuration("validating"),
  ];
}

import { namespaces } from "../catalog/names.ts";
import { UserError } from "../cli/errors.ts";

/** An object, as far as this looks at it. */
export interface RemainingObject {
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
  };
  /** Of a PersistentVolume. */
  spec?: { claimRef?: { namespace?: string; name?: string }; persistentVolumeReclaimPolicy?: string };
}

/** Lists the objects of a kind in all namespaces; none of a kind that the cluster does not know. */
export type ObjectLister = (kind: { apiVersion: string; kind: string }) => Promise<readonly unknown[]>;

const stackNamespaces: readonly string[] = Object.values(namespaces).filter(
  (name) => name !== namespaces.metricsServer,
);

/**
 * What a stack has left in its cluster after `destroy`, one line each with the command that removes it. Nothing is changed.
 *
 * @throws UserError while the stack is still there
 */
export async function remains(list: ObjectLister): Promise<string[]> {
  const objects = async (apiVersion: string, kind: string) => (await list({ apiVersion, kind })) as RemainingObject[];
  const present = (await objects("v1", "Namespace")).filter(isOwnNamespace);
  if (present.some(({ metadata }) => metadata.name === namespaces.observability)) {
    throw new UserError(
      `namespace ${namespaces.observability} is there: this lists what destroy has left; run "pulumi destroy" first`,
    );
  }
  const [crds, volumes, services] = await Promise.all([
    objects("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    objects("v1", "PersistentVolume"),
    objects("v1", "Service"),
  ]);
  return [
    ...namesByRelease(crds).map(
      ([release, names]) =>
        `${names.length} CRDs of release ${release}; with them goes every object of their kinds, other teams' too: ` +
        `kubectl delete customresourcedefinitions ${names.join(" ")}`,
    ),
    ...present.map(
      ({ metadata: { name } }) =>
        `namespace ${name}, with what others have put into it: kubectl delete namespace ${name}`,
    ),
    ...volumes.flatMap(({ metadata: { name }, spec }) =>
      // One of another policy is being deleted.
      spec?.persistentVolumeReclaimPolicy === "Retain" && stackNamespaces.includes(spec.claimRef?.namespace ?? "")
        ? [
            `volume of claim ${spec.claimRef?.namespace ?? ""}/${spec.claimRef?.name ?? ""}, kept by its storage class: ` +
              `kubectl delete persistentvolume ${name}, and its disk where that is`,
          ]
        : [],
    ),
    ...services
      .filter(({ metadata }) => metadata.labels?.["app.kubernetes.io/managed-by"] === "prometheus-operator")
      .flatMap(({ metadata: { name, namespace } }) =>
        namespace === "kube-system"
          ? [
              `the Prometheus operator's Service of the kubelets: kubectl delete --namespace ${namespace} service ${name}`,
            ]
          : [],
      ),
  ];
}

/** A namespace of the stack that `destroy` is not at work on. */
function isOwnNamespace({ metadata: { name, labels = {}, deletionTimestamp } }: RemainingObject): boolean {
  const isOurs = labels["app.kubernetes.io/part-of"] === "fluffy-observability";
  return isOurs && deletionTimestamp === undefined && stackNamespaces.includes(name);
}

/** The CRDs that releases of the stack's namespaces brought, by release. */
function namesByRelease(crds: readonly RemainingObject[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const { metadata } of crds) {
    const namespace = metadata.annotations?.["meta.helm.sh/release-namespace"] ?? "";
    if (!stackNamespaces.includes(namespace)) continue;
    const release = `${namespace}/${metadata.annotations?.["meta.helm.sh/release-name"] ?? ""}`;
    found.set(release, [...(found.get(release) ?? []), metadata.name]);
  }
  return [...found].map(([release, names]): [string, string[]] => [release, names.sort()]).sort();
}

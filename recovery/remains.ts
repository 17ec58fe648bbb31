import { isOfPlatform } from "../catalog/labels.ts";
import { jobs, kubeletNamespace, namespaces, resources } from "../catalog/names.ts";
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
  spec?: {
    /** Of a PersistentVolume. */
    claimRef?: { namespace?: string; name?: string };
    persistentVolumeReclaimPolicy?: string;
    /** Of a Lease. */
    holderIdentity?: string;
    renewTime?: string;
    leaseDurationSeconds?: number;
  };
  status?: { phase?: string };
}

/** Lists the objects of a kind in all namespaces; none of a kind that the cluster does not know. It may give more than the selector asks for. */
export type ObjectLister = (kind: {
  apiVersion: string;
  kind: string;
  selector?: string;
}) => Promise<readonly unknown[]>;

const stackNamespaces: readonly string[] = Object.values(namespaces).filter(
  (name) => name !== namespaces.metricsServer,
);

/** Where the pods of cert-manager agree who of them works: its chart names `kube-system`. */
const electionLeases = {
  namespace: "kube-system",
  names: ["cert-manager-controller", "cert-manager-cainjector-leader-election"],
};

/** Something that a stack has left. */
export interface Remainder {
  /** What it is, and what goes with it. */
  readonly what: string;
  /** Removes it. */
  readonly command: string;
}

/** The same in one line. */
export function remainderLine({ what, command }: Remainder): string {
  return `${what}: ${command}`;
}

/**
 * What a stack has left in its cluster after `destroy`, each with the command that removes it. Nothing is changed.
 *
 * @param kubectl how the commands begin
 * @throws UserError while the stack is still there
 */
export async function remains(list: ObjectLister, kubectl = "kubectl"): Promise<Remainder[]> {
  const objects = async (apiVersion: string, kind: string, selector?: string) =>
    (await list({ apiVersion, kind, ...(selector === undefined ? {} : { selector }) })) as RemainingObject[];
  const present = (await objects("v1", "Namespace")).filter(isOwnNamespace);
  // That of an operator that every stack has; production keeps the one of its claims.
  if (present.some(({ metadata }) => metadata.name === namespaces.openTelemetryOperator)) {
    throw new UserError(
      `namespace ${namespaces.openTelemetryOperator} is there: this lists what destroy has left; run "pulumi destroy" first`,
    );
  }
  const [crds, volumes, services, records, certificates, leases, claims] = await Promise.all([
    objects("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    objects("v1", "PersistentVolume"),
    objects("v1", "Service"),
    objects("v1", "Secret", "owner=helm"),
    objects("v1", "Secret", "controller.cert-manager.io/fao=true"),
    objects("coordination.k8s.io/v1", "Lease"),
    objects("v1", "PersistentVolumeClaim"),
  ]);
  const deletes = (kind: string, { metadata: { name, namespace } }: RemainingObject) =>
    `${kubectl} delete ${namespace === undefined ? "" : `--namespace ${namespace} `}${kind} ${name}`;
  return [
    ...namesByRelease(crds, installedReleases(records)).map(([release, names]) => ({
      what: `${names.length} CRDs of release ${release}; with them goes every object of their kinds, other teams' too`,
      command: `${kubectl} delete customresourcedefinitions ${names.join(" ")}`,
    })),
    ...claims
      .filter(({ metadata }) => present.some((namespace) => namespace.metadata.name === metadata.namespace))
      .map((claim) => ({
        what: `claim ${claim.metadata.namespace ?? ""}/${claim.metadata.name}, with what is on its volume`,
        command: deletes("persistentvolumeclaim", claim),
      })),
    ...present.map((namespace) => ({
      what: `namespace ${namespace.metadata.name}, with ${heldBy(namespace.metadata.name, present)}what others have put into it`,
      command: deletes("namespace", namespace),
    })),
    ...volumes.filter(isKept).map((volume) => ({
      what: `volume of claim ${volume.spec?.claimRef?.namespace ?? ""}/${volume.spec?.claimRef?.name ?? ""}, kept by its storage class; its disk is to be deleted too, where that is`,
      command: deletes("persistentvolume", volume),
    })),
    ...services.filter(isOfKubelets).map((service) => ({
      what: "the Prometheus operator's Service of the kubelets, if no other Prometheus operator runs",
      command: deletes("service", service),
    })),
    ...certificates.filter(isCaCopy).map((secret) => ({
      what: "the Collector's CA for injected pods",
      command: deletes("secret", secret),
    })),
    ...leases.filter(isFreeElection).map((lease) => ({
      what: "cert-manager's election of a leader, which nobody holds",
      command: deletes("lease", lease),
    })),
  ];
}

/** A volume whose claim is gone; one of another policy is being deleted. */
function isKept({ spec, status }: RemainingObject): boolean {
  const { persistentVolumeReclaimPolicy: policy, claimRef } = spec ?? {};
  return policy === "Retain" && status?.phase === "Released" && stackNamespaces.includes(claimRef?.namespace ?? "");
}

/** The Service that the stack's operator keeps; those of other installations mostly have names of their own. */
function isOfKubelets({ metadata: { name, namespace, labels = {} } }: RemainingObject): boolean {
  const isOperators = labels["app.kubernetes.io/managed-by"] === "prometheus-operator";
  return isOperators && namespace === kubeletNamespace && name === jobs.kubelet;
}

/** What cert-manager has written for the stack's Certificate of that name; a label of the stack's it has not. */
function isCaCopy({ metadata: { name, annotations = {} } }: RemainingObject): boolean {
  return name === resources.otlpCa && annotations["cert-manager.io/certificate-name"] === resources.otlpCa;
}

/** A Lease of cert-manager's that no cert-manager renews; somebody else's may use the same one. */
function isFreeElection({ metadata: { name, namespace }, spec = {} }: RemainingObject): boolean {
  const { holderIdentity = "", renewTime = "", leaseDurationSeconds = 0 } = spec;
  const isHeld = holderIdentity !== "" && Date.parse(renewTime) + leaseDurationSeconds * 1000 > Date.now();
  return namespace === electionLeases.namespace && electionLeases.names.includes(name) && !isHeld;
}

/** Releases of which Helm has a record. */
function installedReleases(records: readonly RemainingObject[]): ReadonlySet<string> {
  const ofHelm = records.filter(({ metadata: { labels } }) => labels?.["owner"] === "helm");
  return new Set(ofHelm.map(({ metadata: { namespace, labels } }) => `${namespace ?? ""}/${labels?.["name"] ?? ""}`));
}

/** A namespace of the stack that `destroy` is not at work on. */
function isOwnNamespace({ metadata: { name, labels, deletionTimestamp } }: RemainingObject): boolean {
  return isOfPlatform(labels) && deletionTimestamp === undefined && stackNamespaces.includes(name);
}

/** What a kept namespace holds of the stack. */
function heldBy(name: string, present: readonly RemainingObject[]): string {
  const hasClaims = present.some(({ metadata }) => metadata.name === namespaces.observability);
  if (name === namespaces.certManager && hasClaims)
    return `the CA, where the stack had one, that has signed what is in ${namespaces.observability} and `;
  return name === namespaces.observability ? "the claims in it and " : "";
}

/** The CRDs that releases of the stack's namespaces brought, by release; those of one that is installed are somebody's. */
function namesByRelease(crds: readonly RemainingObject[], installed: ReadonlySet<string>): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const { metadata } of crds) {
    const namespace = metadata.annotations?.["meta.helm.sh/release-namespace"] ?? "";
    if (!stackNamespaces.includes(namespace)) continue;
    const release = `${namespace}/${metadata.annotations?.["meta.helm.sh/release-name"] ?? ""}`;
    if (installed.has(release)) continue;
    found.set(release, [...(found.get(release) ?? []), metadata.name]);
  }
  return [...found].map(([release, names]): [string, string[]] => [release, names.sort()]).sort();
}

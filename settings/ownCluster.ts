import { dump } from "js-yaml";
import { project } from "./parse.ts";

/** Whether an operator is in a cluster: its kinds alone are left by one that was removed. */
export type Presence = "running" | "kinds only" | "none";

/** Whether metrics-server is in a cluster: an APIService alone, which nothing answers for, is not available. */
export type MetricsServer = "running" | "not available" | "none";

/** What a cluster has, as far as settings depend on it. */
export interface FoundCluster {
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Such as `v1.34.1`. */
  readonly version: string;
  readonly distribution: "kind" | "OpenShift" | "other";
  /** Whether whoever asked may do everything. */
  readonly isAdmin: boolean;
  /** Whether a platform of this project is there. */
  readonly hasPlatform: boolean;
  /** Whether a stack in production that was destroyed has left its namespace, with the volume claims in it. */
  readonly keptClaims: boolean;
  readonly metricsServer: MetricsServer;
  readonly certManager: Presence;
  readonly prometheusOperator: Presence;
  /** Namespaces with a Prometheus operator, or with Prometheus, Alertmanager, Probe and ScrapeConfig objects. */
  readonly monitoringNamespaces: readonly string[];
  /** Names of operators that run and that the stack brings too. */
  readonly otherOperators: readonly string[];
  readonly gatewayApi: boolean;
  /** The default one; missing where there is none. */
  readonly storageClass?: string;
  /** Namespaces that enforce a Pod Security level. */
  readonly podSecurity: readonly string[];
}

/** A setting that is chosen for a cluster. */
export interface Choice {
  /** Key, and entry of its object. */
  readonly path: readonly [key: string, entry?: string];
  readonly value: string | number | boolean | readonly string[];
  /** Why, in one sentence. */
  readonly why: string;
}

/** The cluster as people are told of it, a line each; warnings last. */
export function findings(found: FoundCluster): string[] {
  const { version, distribution, storageClass, podSecurity, monitoringNamespaces: monitoring } = found;
  const yes = (there: boolean) => (there ? "there" : "none");
  const lines = [
    `context ${found.context}: Kubernetes ${version}${distribution === "other" ? "" : `, ${distribution}`}`,
    `metrics-server: ${found.metricsServer}`,
    `cert-manager: ${found.certManager}`,
    `Prometheus operator: ${found.prometheusOperator}${monitoring.length === 0 ? "" : `; monitoring in ${monitoring.join(", ")}`}`,
    `Gateway API: ${yes(found.gatewayApi)}${found.gatewayApi ? "; access.gateway makes routes of it" : ""}`,
    `default storage class: ${storageClass ?? "none"}`,
    `Pod Security: ${podSecurity.length === 0 ? "no namespace enforces a level" : `enforced in ${podSecurity.join(", ")}`}; the stack labels its own namespaces`,
  ];
  return [...lines, ...warnings(found).map((line) => `warning: ${line}`)];
}

/** What in the cluster is in the stack's way, a line each. */
export function warnings(found: FoundCluster): string[] {
  const { version, otherOperators, monitoringNamespaces: monitoring } = found;
  return [
    ...(minor(version) < 25 ? [`Kubernetes ${version} is too old: the stack needs 1.25 or newer`] : []),
    ...(found.isAdmin
      ? []
      : ["you may not do everything in this cluster: pulumi up needs the rights of cluster-admin"]),
    ...(found.keptClaims
      ? [
          "namespace observability has the volume claims of a stack in production that was destroyed, and this stack takes them over: set cluster.environment to production, or its destroy deletes them",
        ]
      : []),
    ...(["certManager", "prometheusOperator"] as const).flatMap((part) =>
      found[part] === "kinds only"
        ? [`${part}: its CRDs are there, but it does not run: docs/takeover.md says how they are taken over`]
        : [],
    ),
    ...(found.metricsServer === "not available"
      ? [
          "metricsServer: APIService v1beta1.metrics.k8s.io is there, but nothing answers for it: delete it if metrics-server is gone, else repair that and set parts.metricsServer to false",
        ]
      : []),
    ...(found.prometheusOperator === "running" || monitoring.length === 0
      ? []
      : [
          `Prometheus, Alertmanager or the like of before is in ${monitoring.join(", ")}: the stack's operator does not run it, and its policies refuse changes of it`,
        ]),
    ...otherOperators.map(
      (name) => `${name} runs already, and the stack brings one: remove it first, see docs/takeover.md`,
    ),
  ];
}

/** The settings that differ from the defaults, or that one should have thought about, for a cluster. */
export function choices(stack: string, found: FoundCluster): Choice[] {
  const { storageClass, distribution } = found;
  const isKind = distribution === "kind";
  const part = (name: string, isThere: boolean, why: readonly [there: string, absent: string]): Choice => ({
    path: ["parts", name],
    value: !isThere,
    why: why[isThere ? 0 : 1],
  });
  const volume = (key: string, value: string): Choice => ({
    path: [key, "volumeSize"],
    value: storageClass === undefined ? "" : value,
    why:
      storageClass === undefined
        ? "No default storage class: data goes with the pod."
        : `On a volume of storage class ${storageClass}.`,
  });
  return [
    {
      path: ["kubeContext"],
      value: found.context,
      why: "The context of your kubeconfig: a stack belongs to one cluster.",
    },
    { path: ["cluster", "name"], value: stack, why: "On every signal as k8s.cluster.name." },
    {
      path: ["crdPolicy"],
      value: "keep",
      why: "The operators' CRDs stay when the stack goes, and so do everybody's objects of their kinds.",
    },
    part("certManager", found.certManager === "running", ["The cluster has one.", "The cluster has none."]),
    part("prometheusOperator", found.prometheusOperator === "running", [
      "The cluster has one: it must watch namespace observability.",
      "The cluster has none.",
    ]),
    part("metricsServer", found.metricsServer === "running", [
      "The cluster has one.",
      found.metricsServer === "none" ? "The cluster has none." : "Its APIService is there, but nothing answers for it.",
    ]),
    {
      path: ["parts", "sampleApi"],
      value: false,
      why: "Its image exists only where you build it: see docs/cluster.md.",
    },
    {
      path: ["metricsServer", "kubeletInsecureTls"],
      value: isKind,
      why: isKind ? "No CA signs the kubelets' certificates on kind." : "The kubelets' certificates are checked.",
    },
    {
      path: ["jaeger", "storage"],
      value: storageClass === undefined ? "memory" : "badger",
      why:
        storageClass === undefined
          ? "No default storage class: traces go with the pod."
          : "Traces stay when the pod goes.",
    },
    ...(storageClass === undefined ? [] : [volume("jaeger", "10Gi")]),
    volume("prometheus", "20Gi"),
    volume("logs", "20Gi"),
    volume("grafana", "1Gi"),
    ...tenancy(found),
    ...(distribution === "OpenShift"
      ? [
          {
            path: ["instrumentation", "initContainerUser"],
            value: 0,
            why: "OpenShift gives every namespace users of its own.",
          } as const,
        ]
      : []),
  ];
}

/** Whom the admission policies bind: not the monitoring that the cluster had before, whose next upgrade they would refuse. */
function tenancy({ version, distribution, prometheusOperator, monitoringNamespaces }: FoundCluster): Choice[] {
  const isNew = minor(version) >= 30;
  const isOpenShift = distribution === "OpenShift";
  const policies = isNew && !isOpenShift;
  const bound = isOpenShift
    ? "OpenShift has monitoring objects of its own in many namespaces, which admission policies would refuse."
    : "Teams cannot reach into the platform or each other.";
  return [
    { path: ["tenancy", "policies"], value: policies, why: isNew ? bound : "Admission policies need Kubernetes 1.30." },
    // The stack's own operator would run what is in such a namespace.
    ...(policies && prometheusOperator === "running" && monitoringNamespaces.length > 0
      ? [
          {
            path: ["tenancy", "trustedNamespaces"],
            value: monitoringNamespaces,
            why: "The cluster's own monitoring is there: the policies leave it alone.",
          } as const,
        ]
      : []),
  ];
}

/**
 * A settings file with a comment for each choice.
 *
 * @param kept what stays of a file that was there before, such as how secrets are encrypted
 */
export function settingsText(
  stack: string,
  chosen: readonly Choice[],
  kept: Readonly<Record<string, unknown>> = {},
): string {
  const keys = [...new Set(chosen.map(({ path: [key] }) => key))];
  const lines = keys.flatMap((key) => {
    const own = chosen.filter(({ path }) => path[0] === key);
    const isObject = own.some(({ path }) => path[1] !== undefined);
    return [
      ...(isObject ? [`  ${project}:${key}:`] : []),
      ...own.flatMap(({ path: [, entry], value, why }) => {
        const indent = isObject ? "    " : "  ";
        return [
          `${indent}# ${why}`,
          `${indent}${entry ?? `${project}:${key}`}: ${dump(value, { lineWidth: -1, flowLevel: 0 }).trim()}`,
        ];
      }),
    ];
  });
  const head = `# Stack ${stack}: made by npm run init from what the cluster has. All settings: docs/settings.md.`;
  return [head, ...(Object.keys(kept).length === 0 ? [] : [dump(kept).trim()]), "config:", ...lines, ""].join("\n");
}

/** The 34 of `v1.34.1`. */
function minor(version: string): number {
  return Number(/^v1\.(\d+)/.exec(version)?.[1] ?? 0);
}

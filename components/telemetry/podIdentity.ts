/**
 * One identity for what any application sends, injected or not: the cluster says which pod it is, the application which service. What
 * comes from no pod passes as it is.
 */

/** What the settings say of the whole cluster. */
export interface ClusterIdentity {
  /** Name of the cluster; empty is none. */
  readonly clusterName: string;
  /** Such as `production`; empty is none. */
  readonly environment: string;
}

/**
 * What a service is called by that does not say it, the first that there is: so the operator names what it injects. A Job that no CronJob
 * makes has mostly another name each time.
 */
const workloads = ["k8s.deployment.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.cronjob.name"];

/** What the cluster knows better: an application that names another namespace would send its alerts to another team. */
const fromCluster = ["k8s.namespace.name", "k8s.pod.name", "k8s.node.name", ...workloads, "k8s.job.name"];

/** Where the application's word waits for that of the cluster. */
const claimed = (attribute: string) => `claimed.${attribute}`;

const path = (attribute: string) => `attributes["${attribute}"]`;

/** Takes one attribute's place by another: the processor leaves what is there. */
function move(from: string, to: string, where = ""): string[] {
  return [`set(${path(to)}, ${path(from)})${where}`, `delete_key(attributes, "${from}")${where}`];
}

/** An SDK's default is no word of the application. */
const isDefaultName = ` where IsMatch(${path("service.name")}, "^unknown_service(:.*)?$")`;

const setAside = [
  ...fromCluster.flatMap((attribute) => move(attribute, claimed(attribute))),
  ...move("service.name", claimed("service.name"), isDefaultName),
];

/** What is not known by then: of no pod, the application's word; of a pod, the names that injection gives too. */
const setMissing = (attribute: string, value: string, where = "") =>
  `set(${path(attribute)}, ${value}) where ${path(attribute)} == nil${where}`;

const isSet = (attribute: string) => ` and ${path(attribute)} != nil`;
const isPod = isSet("k8s.pod.name");
const joined = (...attributes: string[]) => `Concat([${attributes.map(path).join(", ")}], ".")`;

const named = [
  ...workloads.map((attribute) => setMissing("service.name", path(attribute), isSet(attribute))),
  setMissing("service.namespace", path("k8s.namespace.name"), isPod),
  setMissing(
    "service.instance.id",
    joined("k8s.namespace.name", "k8s.pod.name", "k8s.container.name"),
    isPod + isSet("k8s.container.name"),
  ),
  setMissing("service.instance.id", joined("k8s.namespace.name", "k8s.pod.name"), isPod),
];

const restored = [...fromCluster, "service.name"].flatMap((attribute) => [
  setMissing(attribute, path(claimed(attribute))),
  `delete_key(attributes, "${claimed(attribute)}")`,
]);

function ofCluster({ clusterName, environment }: ClusterIdentity): string[] {
  return [
    ...(clusterName === "" ? [] : [`set(${path("k8s.cluster.name")}, "${clusterName}")`]),
    ...(environment === "" ? [] : [setMissing("deployment.environment.name", `"${environment}"`)]),
  ];
}

/** The same statements for every signal. */
function ofEverySignal(statements: readonly string[]): Record<string, unknown> {
  const group = [{ context: "resource", statements: [...statements] }];
  return { error_mode: "ignore", trace_statements: group, metric_statements: group, log_statements: group };
}

/** Id of the processor that asks the cluster. */
export const clusterProcessor = "k8s_attributes";

/** What decides whether the lines of a pod are collected: `off`, or `otlp` for a service that sends them itself. */
export const logsAnnotation = "fluffy-observability/logs";

/** The variable that holds the name of an agent's node. */
export const nodeVariable = "K8S_NODE_NAME";

/** The attribute that holds the annotation of a pod or of its namespace. */
export const annotated = (of: "pod" | "namespace") => `annotated.${of}.logs`;

/** Seconds for which the processor waits for the pods when it starts. */
const waitSeconds = 60;

/**
 * Each of the processors waits for itself, one after the other; the pod's other probes begin when it has started. The operator sets no
 * bound of its own, and Kubernetes' is half a minute.
 */
export const startupProbe = { periodSeconds: 10, failureThreshold: (6 * waitSeconds) / 10 } as const;

const asked = {
  auth_type: "serviceAccount",
  // Else what comes right after a start has no identity.
  wait_for_metadata: true,
  wait_for_metadata_timeout: `${waitSeconds}s`,
  // By default those of Jaeger are left out, and whatever else has its name in their own. No pod has none.
  exclude: { pods: [{ name: "^$" }] },
};

/**
 * The processors of what applications send, by their ids, in their order: after what drops data, and before `batch`, which no longer knows
 * who sent it.
 */
export function podIdentity(cluster: ClusterIdentity): Record<string, unknown> {
  return {
    "transform/claims": ofEverySignal(setAside),
    [clusterProcessor]: {
      ...asked,
      extract: { metadata: [...fromCluster], otel_annotations: true },
      // The first that is there counts, known or not: what comes through another collector is from that one's address.
      pod_association: [
        { sources: [{ from: "resource_attribute", name: "k8s.pod.uid" }] },
        { sources: [{ from: "connection" }] },
      ],
    },
    "transform/known": ofEverySignal([...named, ...restored, ...ofCluster(cluster)]),
  };
}

/** The same for the lines of a node's pods, whose namespace and name are the runtime's own word, with what annotations say of logs. */
export function nodePodIdentity(cluster: ClusterIdentity): Record<string, unknown> {
  const places = ["pod", "namespace"] as const;
  const annotations = places.map((from) => ({ tag_name: annotated(from), key: logsAnnotation, from }));
  return {
    [clusterProcessor]: {
      ...asked,
      filter: { node_from_env_var: nodeVariable },
      extract: { metadata: [...fromCluster], otel_annotations: true, annotations },
      // Not by its uid: the files of a pod that the kubelet runs by itself, such as the API server's, have another one.
      pod_association: [
        { sources: ["k8s.namespace.name", "k8s.pod.name"].map((name) => ({ from: "resource_attribute", name })) },
      ],
    },
    "transform/known": {
      error_mode: "ignore",
      log_statements: [{ context: "resource", statements: [...named, ...ofCluster(cluster)] }],
    },
  };
}

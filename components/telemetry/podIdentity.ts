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

/** What the cluster knows better: an application that names another namespace would send its alerts to another team. */
const fromCluster = ["k8s.namespace.name", "k8s.deployment.name", "k8s.pod.name", "k8s.node.name"];

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

const isPod = ` and ${path("k8s.pod.name")} != nil`;

function completed({ clusterName, environment }: ClusterIdentity): string[] {
  return [
    setMissing("service.name", path("k8s.deployment.name")),
    setMissing("service.namespace", path("k8s.namespace.name"), isPod),
    setMissing("service.instance.id", `Concat([${path("k8s.namespace.name")}, ${path("k8s.pod.name")}], ".")`, isPod),
    ...[...fromCluster, "service.name"].flatMap((attribute) => [
      setMissing(attribute, path(claimed(attribute))),
      `delete_key(attributes, "${claimed(attribute)}")`,
    ]),
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

/** An agent of a node asks for the pods of that node alone. */
const ofNode = {
  filter: { node_from_env_var: nodeVariable },
  annotations: (["pod", "namespace"] as const).map((from) => ({
    tag_name: annotated(from),
    key: logsAnnotation,
    from,
  })),
};

/**
 * The processors by their ids, in their order: after what drops data, and before `batch`, which no longer knows who sent it.
 *
 * @param where `node`: the pods of the node that it runs on, with what their annotations say of logs. @default "cluster"
 */
export function podIdentity(cluster: ClusterIdentity, where: "cluster" | "node" = "cluster"): Record<string, unknown> {
  const { filter, annotations } = ofNode;
  return {
    "transform/claims": ofEverySignal(setAside),
    [clusterProcessor]: {
      auth_type: "serviceAccount",
      // Else what comes right after a start has no identity.
      wait_for_metadata: true,
      wait_for_metadata_timeout: "60s",
      ...(where === "node" ? { filter } : {}),
      extract: {
        metadata: [...fromCluster],
        otel_annotations: true,
        ...(where === "node" ? { annotations } : {}),
      },
      // The first that is there counts, known or not: what comes through another collector is from that one's address.
      pod_association: [
        { sources: [{ from: "resource_attribute", name: "k8s.pod.uid" }] },
        { sources: [{ from: "connection" }] },
      ],
    },
    "transform/known": ofEverySignal(completed(cluster)),
  };
}

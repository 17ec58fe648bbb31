/** An object of the platform and how it is. */
export interface ObjectHealth {
  kind: string;
  namespace: string;
  name: string;
  health: "healthy" | "unhealthy" | "unknown";
  /** What its status says. */
  message: string;
}

/** An object of the Kubernetes API, as far as its health is concerned. */
export interface StatusObject {
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: unknown;
  status?: unknown;
}

/** What an object's status says of it in one respect. */
export interface Condition {
  type: string;
  status: string;
  observedGeneration?: number;
  reason?: string;
  message?: string;
}

interface StatusFields {
  conditions?: Condition[];
  bindings?: { conditions?: Condition[] }[];
}

/** Conditions that say that an object is as it should be, by how much they say. */
const good = [
  "Available",
  "Ready",
  "DashboardSynchronized",
  "DatasourceSynchronized",
  "FolderSynchronized",
  "Reconciled",
  "Accepted",
];

/** What is said of an object; what Prometheus' operator says of a rule or monitor stands at each Prometheus that takes it. */
export function conditionsOf({ status }: StatusObject): Condition[] {
  const { conditions = [], bindings = [] } = (status ?? {}) as StatusFields;
  return [...conditions, ...bindings.flatMap((binding) => binding.conditions ?? [])];
}

/** How an object is, by its conditions, else by its replicas. */
export function healthOf(of: StatusObject): ObjectHealth {
  const { kind, metadata, spec, status } = of;
  const object = { kind, namespace: metadata.namespace ?? "", name: metadata.name };
  const conditions = conditionsOf(of);
  const told = good.flatMap((type) => conditions.find((condition) => condition.type === type) ?? [])[0];
  if (told !== undefined) {
    const message = told.message ?? told.reason ?? "";
    return {
      ...object,
      health: told.status === "True" ? "healthy" : "unhealthy",
      message: `${told.type}: ${told.status}${message === "" ? "" : `, ${message}`}`,
    };
  }
  const replicas = (spec as { replicas?: number } | undefined)?.replicas;
  const { readyReplicas, desiredNumberScheduled, numberReady } = (status ?? {}) as Record<string, number | undefined>;
  const wanted = kind === "DaemonSet" ? desiredNumberScheduled : replicas;
  const ready = (kind === "DaemonSet" ? numberReady : readyReplicas) ?? 0;
  if (wanted === undefined || (kind === "DaemonSet" && numberReady === undefined))
    return { ...object, health: "unknown", message: "it has no conditions" };
  return {
    ...object,
    health: ready >= wanted ? "healthy" : "unhealthy",
    message: `${ready} of ${wanted} pods are ready`,
  };
}

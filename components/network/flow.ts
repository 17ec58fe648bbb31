import type { WorkloadName } from "./workloads.ts";

/** Who is not a workload of the stack. */
export type Outsider =
  /** Pods of every namespace, those of the stack included. */
  | "any pod"
  /** Pods of namespaces that are not the stack's. */
  | "pods of other namespaces"
  /** The cluster's name service. */
  | "DNS"
  | "API server"
  /** The pods that bring requests from outside: those of the site's gateway or Ingress controller. */
  | "gateway"
  /** The nodes themselves: their kubelets. */
  | "nodes"
  /** Any address, inside the cluster and outside. */
  | "any address"
  /** Pods of one namespace. */
  | NamespaceParty;

/** Such as `namespace mimir`. */
type NamespaceParty = `namespace ${string}`;

/** A port that a program listens on. */
export interface FlowPort {
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** What goes over the network. All else is denied. */
export interface Flow {
  readonly from: WorkloadName | Outsider;
  readonly to: WorkloadName | Outsider;
  /** Where the pods themselves listen, not the Services before them. "all" is every port. */
  readonly ports: readonly FlowPort[] | "all";
  readonly why: string;
}

/** Ports of TCP. */
export const tcp = (...numbers: number[]): FlowPort[] => numbers.map((port) => ({ port }));

const outsiders: readonly Flow["from"][] = [
  "any pod",
  "pods of other namespaces",
  "DNS",
  "API server",
  "gateway",
  "nodes",
  "any address",
] satisfies Outsider[];

/** Whether a side of a flow is none of the stack's workloads. */
export function isOutsider(party: Flow["from"]): party is Outsider {
  return outsiders.includes(party) || namespaceOf(party) !== undefined;
}

/** The namespace whose pods a side of a flow is; undefined for every other side. */
export function namespaceOf(party: Flow["from"]): string | undefined {
  return /^namespace (.+)/.exec(party)?.[1];
}

/**
 * The flows to addresses that settings name: none to "". Of a Service of the cluster (`SERVICE.NAMESPACE.svc`, with or without
 * `.cluster.local`) the pods may listen on other ports than the Service, and to a policy theirs count: every port of its namespace.
 *
 * @param addresses URLs, or host:port
 */
export function flowsTo(from: WorkloadName, addresses: readonly string[], why: string): Flow[] {
  const known = addresses.filter((address) => address !== "").map(parse);
  const services = known.flatMap((url) => serviceNamespace(url) ?? []);
  const others = known.filter((url) => serviceNamespace(url) === undefined).map(portOf);
  return [
    ...[...new Set(services)].map((namespace): Flow => ({ from, to: `namespace ${namespace}`, ports: "all", why })),
    ...(others.length === 0 ? [] : [{ from, to: "any address", ports: tcp(...new Set(others)), why } as const]),
  ];
}

function parse(address: string): URL {
  return new URL(address.includes("://") ? address : `tcp://${address}`);
}

/**
 * The namespace of a Service of the cluster, or of one pod behind it (`POD.SERVICE.NAMESPACE.svc`); undefined for every other host: one
 * outside may have a label `svc` too.
 */
function serviceNamespace({ hostname }: URL): string | undefined {
  return /^(?:[^.]+\.){1,2}([^.]+)\.svc(?:\.cluster\.local)?\.?$/.exec(hostname)?.[1];
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "http:" ? 80 : 443);
}

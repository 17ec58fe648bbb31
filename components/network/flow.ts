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
  | "any address";

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

const outsiders: readonly string[] = [
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
  return outsiders.includes(party);
}

/** The port of a URL, or of host:port; none of "". */
export function portOf(address: string): FlowPort[] {
  if (address === "") return [];
  const url = new URL(address.includes("://") ? address : `tcp://${address}`);
  return tcp(Number(url.port) || (url.protocol === "http:" ? 80 : 443));
}

import type { LabelSelector } from "../customResources/common.ts";
import { namespaces } from "../../catalog/names.ts";
import { exceptNamespaces, namespaceLabel } from "../../catalog/trustedNamespaces.ts";
import type { Settings } from "../../settings/read.ts";
import { type Flow, isOutsider, namespaceOf, type Outsider } from "./flow.ts";
import { stackFlows } from "./flows.ts";
import { allWorkloads, stackWorkloads, type WorkloadName } from "./workloads.ts";

/** One side of a rule. */
interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string };
}

/** A rule of a policy; without a side it counts for every address, without ports for every port. */
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number; protocol: "TCP" | "UDP" }[];
}

/** `spec` of a `networking.k8s.io/v1` NetworkPolicy, as this stack makes it. */
export interface NetworkPolicySpec {
  podSelector: LabelSelector;
  policyTypes: ("Ingress" | "Egress")[];
  ingress: Rule[];
  egress: Rule[];
}

/** What settings say of the site's network. */
interface Site {
  readonly apiServerCidrs: readonly string[];
  readonly controllerNamespace: string;
}

/** A policy of the stack. */
export interface NetworkPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly spec: NetworkPolicySpec;
}

const policyTypes: NetworkPolicySpec["policyTypes"] = ["Ingress", "Egress"];

/** Where a node answers itself, if it runs NodeLocal DNSCache: of IPv6 each installer takes another address, from the range that Kubernetes names. */
const nodeLocalDns = ["169.254.20.10/32", "fd00::/8"];

/**
 * The policies of a stack: nothing goes in or out in its namespaces but the flows of the table. What a policy does not
 * allow in one direction is denied even where the other side allows it, so each flow inside the stack stands in two policies.
 */
export function networkPolicies(settings: Settings): NetworkPolicy[] {
  const flows = stackFlows(settings);
  const workloads = stackWorkloads(settings);
  const own = [...new Set(workloads.map((name) => allWorkloads[name].namespace))];
  const { apiServerCidrs } = settings.networkPolicies;
  const site = { apiServerCidrs, controllerNamespace: settings.access.controllerNamespace };
  return [
    ...own.map((namespace) => ({
      ...{ name: "default-deny", namespace },
      spec: { podSelector: {}, policyTypes, ingress: [], egress: [] },
    })),
    ...workloads.map((name) => ({
      ...{ name: policyName(name), namespace: allWorkloads[name].namespace },
      spec: {
        podSelector: { matchLabels: { ...allWorkloads[name].labels } },
        policyTypes,
        ingress: flows
          .filter((flow) => flow.to === name && !flows.some((wider) => covers(wider, flow)))
          .map((flow) => rule("from", flow.from, flow, own, site)),
        egress: flows.filter(({ from }) => from === name).map((flow) => rule("to", flow.to, flow, own, site)),
      },
    })),
  ];
}

/** Whether what comes in by a flow comes in by another one too: where every pod may, those of the stack need no rule of their own. */
function covers(wider: Flow, { from, to, ports }: Flow): boolean {
  if (wider.from !== "any pod" || from === "any pod" || isOutsider(from) || wider.to !== to) return false;
  const open = wider.ports;
  return open === "all" || (ports !== "all" && ports.every(({ port }) => open.some((each) => each.port === port)));
}

/** A workload's name as Kubernetes takes it. */
function policyName(workload: WorkloadName): string {
  return workload.replace(/[A-Z0-9]+/g, (letter) => `-${letter.toLowerCase()}`);
}

function rule(side: "from" | "to", party: Flow["from"], { ports }: Flow, own: readonly string[], site: Site): Rule {
  const peers = isOutsider(party) ? outsiderPeers(party, own, site) : [workloadPeer(party)];
  return {
    ...(peers === undefined ? {} : { [side]: peers }),
    ...(ports === "all" ? {} : { ports: ports.map(({ port, protocol = "TCP" }) => ({ port, protocol })) }),
  };
}

function workloadPeer(name: WorkloadName): Peer {
  const { namespace, labels } = allWorkloads[name];
  return {
    namespaceSelector: { matchLabels: { [namespaceLabel]: namespace } },
    podSelector: { matchLabels: { ...labels } },
  };
}

/** undefined: every address. Neither the API server nor a node is a pod, and their addresses are the site's. */
function outsiderPeers(
  party: Outsider,
  own: readonly string[],
  { apiServerCidrs, controllerNamespace }: Site,
): Peer[] | undefined {
  switch (party) {
    case "any pod":
      return [{ namespaceSelector: {} }];
    case "pods of other namespaces":
      return [{ namespaceSelector: exceptNamespaces(own) }];
    case "DNS":
      return [inNamespace(namespaces.metricsServer), ...nodeLocalDns.map((cidr) => ({ ipBlock: { cidr } }))];
    case "API server":
      return apiServerCidrs.length === 0 ? undefined : apiServerCidrs.map((cidr) => ({ ipBlock: { cidr } }));
    case "gateway":
      return controllerNamespace === "*" ? undefined : [inNamespace(controllerNamespace)];
    case "nodes":
    case "any address":
      return undefined;
    default:
      return [inNamespace(namespaceOf(party) ?? "")];
  }
}

function inNamespace(name: string): Peer {
  return { namespaceSelector: { matchLabels: { [namespaceLabel]: name } } };
}

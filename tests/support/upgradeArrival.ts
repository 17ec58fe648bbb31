import assert from "node:assert/strict";
import { namespaces, ports } from "../../catalog/names.ts";
import { allWorkloads, type WorkloadName } from "../../components/network/workloads.ts";
import type { KubeClient } from "../../sandbox/cluster/api/client.ts";
import { policyEngine, type Traffic, type TrafficEnd } from "./policyEngine.ts";

/** Pods of that many namespaces that were there before the policies, of no team that they know. */
const stranger: TrafficEnd = { name: "shop", ip: "10.1.0.1", pod: { namespace: "shop", labels: { app: "shop" } } };

const { otlpGrpc, otlpHttp, collectorHistograms, collectorCounters, collectorGauges, jaegerQuery } = ports;

/**
 * Asks the policy engine about the policies that are in a cluster: what applications send still arrives, and is kept, scraped
 * and shown; what nobody needs is denied.
 *
 * @throws AssertionError with the connections of which that does not hold, or when the cluster denies nothing
 */
export async function assertDataArrives(client: KubeClient): Promise<void> {
  const policies = await client.list("networking.k8s.io/v1", "NetworkPolicy");
  assert.ok(policies.length > 0, "the cluster has no policy");
  const applications = [...(await podsOf(client, namespaces.sampleApi)), stranger];
  assert.ok(applications.length > 1, "no pod of the sample API");
  const collector = workload("collector", 1);
  const jaeger = workload("jaeger", 2);
  const prometheus = workload("prometheus", 3);
  const grafana = workload("grafana", 4);
  const open = (source: TrafficEnd, destination: TrafficEnd, ...to: number[]): Traffic[] =>
    to.map((port) => ({ source, destination, port, protocol: "TCP" }));
  const wanted = [
    ...applications.flatMap((application) => open(application, collector, otlpGrpc, otlpHttp)),
    ...open(collector, jaeger, otlpGrpc),
    ...open(prometheus, collector, collectorHistograms, collectorCounters, collectorGauges),
    ...open(grafana, prometheus, ports.prometheus),
    ...open(grafana, jaeger, jaegerQuery),
  ];
  const unwanted = [
    ...open(stranger, jaeger, otlpGrpc, jaegerQuery),
    ...open(stranger, prometheus, ports.prometheus),
    ...open(stranger, collector, collectorHistograms),
  ];
  const ask = await policyEngine();
  const answers = await ask(policies, [...wanted, ...unwanted]);
  const wrong = [...wanted, ...unwanted].flatMap(({ source, destination, port }, index) =>
    answers[index] === index < wanted.length ? [] : [`${source.name} to ${destination.name}, port ${port}`],
  );
  assert.deepEqual(wrong, []);
}

function workload(name: WorkloadName, index: number): TrafficEnd {
  return { name, ip: `10.2.0.${index}`, pod: allWorkloads[name] };
}

async function podsOf(client: KubeClient, namespace: string): Promise<TrafficEnd[]> {
  const pods = await client.list("v1", "Pod", namespace);
  return pods.map(({ metadata: { name, labels = {} } }, index) => ({
    ...{ name, ip: `10.3.0.${index + 1}` },
    pod: { namespace, labels },
  }));
}

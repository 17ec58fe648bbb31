import assert from "node:assert/strict";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { eventually } from "./eventually.ts";
import type { TestCluster } from "./testCluster.ts";

/** As a Deployment of that name makes it; no scheduler takes its pod, whose status is the test's. */
const replicaSet = (deployment: string) => {
  const labels = { app: deployment, "pod-template-hash": "6d5f7c9b4" };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: `${deployment}-6d5f7c9b4`, namespace: "shop", labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: deployment, image: `${deployment}:1` }], schedulerName: "none" },
      },
    },
  };
};

/**
 * Makes a pod in namespace `shop` and says that it runs.
 *
 * @param podIP its address
 */
export async function runningPod(
  { client, cluster, ...made }: TestCluster,
  deployment: string,
  podIP: string,
): Promise<{ name: string; uid: string }> {
  await made.apply(replicaSet(deployment));
  let pod: { name: string; uid: string } | undefined;
  await eventually(async () => {
    const pods = (await client.list("v1", "Pod", "shop")).map(({ metadata }) => metadata);
    const [first, ...others] = pods.filter(({ name }) => name.startsWith(`${deployment}-`));
    assert.equal(others.length, 0);
    assert.ok(first?.uid !== undefined, "no pod");
    pod = { name: first.name, uid: first.uid };
  }, 60_000);
  assert.ok(pod !== undefined);
  await createTransport(cluster.kubeconfig)({
    method: "PATCH",
    path: `/api/v1/namespaces/shop/pods/${pod.name}/status`,
    body: { status: { phase: "Running", podIP, podIPs: [{ ip: podIP }] } },
    contentType: "application/merge-patch+json",
  });
  return pod;
}

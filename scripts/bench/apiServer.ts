import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CollectorConfig } from "../../components/customResources/openTelemetry.ts";
import { clusterProcessor } from "../../components/telemetry/podIdentity.ts";

/** So much of an API server as its clients here ask for: what it answers to each path. Of a watch nothing ever comes. */
export async function serveObjects(
  answer: (path: string) => object | undefined,
): Promise<{ server: Server; url: string }> {
  const server = createServer(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const found = answer(pathname);
    response.setHeader("content-type", "application/json");
    if (found === undefined) {
      response.writeHead(404).end("{}");
    } else if (searchParams.get("watch") !== null) {
      // A list by a watch, which newer clients try first, is refused; of any other watch nothing comes.
      if (searchParams.get("sendInitialEvents") === null) response.flushHeaders();
      else
        response
          .writeHead(422)
          .end(JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", code: 422, reason: "Invalid" }));
    } else {
      response.end(JSON.stringify(found));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A list of objects as an API server has it. */
export function objectList(kind: string, items: readonly object[]): object {
  return { kind: `${kind}List`, apiVersion: "v1", metadata: { resourceVersion: "1" }, items };
}

/** What a client reads to find a server outside a cluster. */
export function kubeconfig(server: string): object {
  return {
    ...{ apiVersion: "v1", kind: "Config", "current-context": "bench" },
    clusters: [{ name: "bench", cluster: { server } }],
    contexts: [{ name: "bench", context: { cluster: "bench", user: "bench" } }],
    users: [{ name: "bench", user: {} }],
  };
}

/** The configuration of a collector that finds the API server by such a file: outside a pod there is no ServiceAccount. */
export function byKubeconfig(config: CollectorConfig): CollectorConfig {
  const cluster = config.processors?.[clusterProcessor] as Record<string, unknown>;
  return {
    ...config,
    processors: { ...config.processors, [clusterProcessor]: { ...cluster, auth_type: "kubeConfig" } },
  };
}

/** An API server that `k8s_attributes` asks: one pod, whose address is this machine's. */
export function servePodList(): Promise<{ server: Server; url: string }> {
  const metadata = { name: "bench-6d5f7c9b4-x2x4z", namespace: "bench", uid: "1", resourceVersion: "1" };
  const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "bench-6d5f7c9b4", uid: "2", controller: true };
  const pod = {
    metadata: {
      ...metadata,
      labels: { "pod-template-hash": "6d5f7c9b4" },
      ownerReferences: [owner],
      creationTimestamp: "2026-01-01T00:00:00Z",
    },
    spec: { nodeName: "node", containers: [{ name: "bench", image: "bench:1" }] },
    status: { phase: "Running", podIP: "127.0.0.1", podIPs: [{ ip: "127.0.0.1" }] },
  };
  return serveObjects((path) => (path === "/api/v1/pods" ? objectList("Pod", [pod]) : undefined));
}

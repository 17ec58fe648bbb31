import type { Server } from "node:http";
import { objectList, serveObjects } from "./apiServer.ts";
import { containerId, type LogPods, podUid } from "./logLoad.ts";

/** Name of the node. */
export const nodeName = "node";

/** An API server that agents of a node ask: the node, its namespace and its pods. */
export function serveNode(pods: () => LogPods): Promise<{ server: Server; url: string }> {
  const node = { kind: "Node", apiVersion: "v1", metadata: { name: nodeName, labels: {} } };
  const answers: Readonly<Record<string, () => object>> = {
    "/api/v1/pods": () => objectList("Pod", podObjects(pods())),
    "/api/v1/namespaces": () => objectList("Namespace", [{ metadata: { name: pods().namespace } }]),
    "/api/v1/nodes": () => objectList("Node", [node]),
    [`/api/v1/nodes/${nodeName}`]: () => node,
  };
  return serveObjects((path) => answers[path]?.());
}

function podObjects({ names, namespace, container }: LogPods): object[] {
  return names.map((name) => ({
    metadata: {
      ...{ name, namespace, uid: podUid(name), resourceVersion: "1", creationTimestamp: "2026-01-01T00:00:00Z" },
      labels: { "pod-template-hash": "6d5f7c9b4", "app.kubernetes.io/name": "till" },
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "ReplicaSet", name: "till-6d5f7c9b4", uid: "2", controller: true },
      ],
    },
    spec: { nodeName, containers: [{ name: container, image: "till:1" }] },
    status: {
      ...{ phase: "Running", podIP: "10.42.0.17", podIPs: [{ ip: "10.42.0.17" }] },
      containerStatuses: [
        {
          name: container,
          containerID: `containerd://${containerId(name)}`,
          image: "till:1",
          imageID: "",
          ready: true,
        },
      ],
    },
  }));
}

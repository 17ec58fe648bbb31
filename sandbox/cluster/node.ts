/** The one simulated node; KWOK plays the node stages on it. */
export const sandboxNode = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: "sandbox",
    annotations: { "kwok.x-k8s.io/node": "fake" },
    labels: {
      "kubernetes.io/hostname": "sandbox",
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": "amd64",
    },
  },
};

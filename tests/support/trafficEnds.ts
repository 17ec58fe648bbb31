import type { TrafficEnd } from "./policyEngine.ts";

/** Pods and addresses that are not the stack's. */
export const others = {
  application: { name: "application", ip: "10.1.0.1", pod: { namespace: "team", labels: { app: "orders" } } },
  dns: { name: "dns", ip: "10.1.0.2", pod: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } } },
  nodeDns: { name: "name service of the node", ip: "169.254.20.10" },
  nodeDnsOfIpv6: { name: "name service of the node, of IPv6", ip: "fd30:1319:f1e:230b::1" },
  apiServer: { name: "API server", ip: "10.0.0.1" },
  node: { name: "node", ip: "10.0.0.9" },
  gateway: { name: "gateway", ip: "10.1.0.4", pod: { namespace: "ingress", labels: { app: "proxy" } } },
  elsewhere: { name: "elsewhere", ip: "203.0.113.1" },
} as const satisfies Record<string, TrafficEnd>;

/** Pods of the stack that nothing of a run shows. */
export const madeLater: readonly TrafficEnd[] = [
  // The hook of cert-manager's chart, which a mirror with the rendered chart has not.
  {
    ...{ name: "start-up check", ip: "10.1.0.3" },
    pod: { namespace: "cert-manager", labels: { "app.kubernetes.io/name": "startupapicheck" } },
  },
  // What cert-manager starts while an ACME server asks for a host.
  {
    ...{ name: "ACME solver", ip: "10.1.0.5" },
    pod: { namespace: "observability", labels: { "acme.cert-manager.io/http01-solver": "true" } },
  },
  // What Jaeger's operator starts each night for Elasticsearch.
  {
    ...{ name: "index cleaner", ip: "10.1.0.6" },
    pod: {
      namespace: "observability",
      labels: { app: "jaeger", "app.kubernetes.io/component": "cronjob-es-index-cleaner" },
    },
  },
];

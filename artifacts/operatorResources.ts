import { resourceRequirements, type ResourceRequirements } from "../catalog/containerResources.ts";

/** Resources by Deployment. */
type Resources = Readonly<Record<string, ResourceRequirements>>;

/**
 * What the operators ask for and may not pass, by their Deployments, where upstream leaves one of both out. Each keeps what it watches in
 * memory, so the limits leave room for clusters with some thousand pods.
 */
export const operatorResources = {
  certManager: {
    "cert-manager": resourceRequirements({ cpu: "10m", memory: "64Mi", memoryLimit: "512Mi" }),
    "cert-manager-webhook": resourceRequirements({ cpu: "10m", memory: "32Mi", memoryLimit: "256Mi" }),
    // It holds every Secret that may carry a CA.
    "cert-manager-cainjector": resourceRequirements({ cpu: "10m", memory: "64Mi", memoryLimit: "512Mi" }),
  },
  openTelemetryOperator: {
    "opentelemetry-operator-controller-manager": { limits: { memory: "512Mi" } },
  },
  jaegerOperator: { "jaeger-operator": { limits: { memory: "512Mi" } } },
  grafanaOperator: {
    "grafana-operator": withDisk(resourceRequirements({ cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" })),
  },
  // Upstream's request is for a hundred nodes.
  metricsServer: { "metrics-server": { limits: { memory: "1Gi" } } },
} as const satisfies Record<string, Resources>;

/** Teams decide what the Grafana operator writes to its node's disk: folders of dashboards. */
function withDisk({ requests, limits }: ResourceRequirements): ResourceRequirements {
  return { requests, limits: { ...limits, "ephemeral-storage": "1Gi" } };
}

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterAccount } from "../kubernetes/clusterAccount.ts";
import { stateSeries } from "../../catalog/clusterSeries.ts";
import { goMemoryLimit, resourceRequirements } from "../../catalog/containerResources.ts";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import { namespaces, ports, resources, services } from "../../catalog/names.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import { skipAwait } from "../kubernetes/skipAwait.ts";
import type { Settings } from "../../settings/read.ts";
import { images, versions } from "../../catalog/versions.ts";

const own = { name: resources.kubeStateMetrics, component: "cluster-metrics" };

/** kube-state-metrics: what the cluster's objects say of themselves, as metrics. What they use, the kubelets say. */
export class ClusterMetrics extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings["clusterMetrics"], opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:ClusterMetrics", name, {}, opts);
    const versioned = labels({ ...own, version: versions.kubeStateMetrics });
    const { account, binding } = clusterAccount(
      // The account without a version: a new image changes no rights.
      { name: own.name, labels: labels(own), roleLabels: versioned, rules: stateRights() },
      { parent: this },
    );
    new kubernetes.core.v1.Service(services.kubeStateMetrics, clusterMetricsService(), { parent: this });
    new kubernetes.apps.v1.Deployment(
      resources.kubeStateMetrics,
      {
        metadata: { name: own.name, namespace: namespaces.observability, labels: versioned },
        spec: stateMetricsSpec(settings),
      },
      { parent: this, dependsOn: [account, binding] },
    );
    this.registerOutputs({});
  }
}

/** The Service that Prometheus finds it by. */
export function clusterMetricsService() {
  return {
    metadata: {
      ...{ name: services.kubeStateMetrics, namespace: namespaces.observability, labels: labels(own) },
      // Pulumi would wait ten seconds for its endpoints; it waits for the Deployment behind it already.
      annotations: skipAwait,
    },
    spec: {
      selector: selectorLabels(own),
      ports: [{ name: "http-metrics", port: ports.kubeStateMetrics, targetPort: "http-metrics" }],
    },
  } satisfies kubernetes.core.v1.ServiceArgs;
}

/** Where each resource that is watched belongs in the API. */
const apiGroups: Readonly<Record<keyof typeof stateSeries, string>> = {
  pods: "",
  nodes: "",
  persistentvolumeclaims: "",
  deployments: "apps",
  statefulsets: "apps",
  daemonsets: "apps",
};

/** The rights that the kept series need: no Secret, no ConfigMap, and nothing to write. */
export function stateRights(): kubernetes.types.input.rbac.v1.PolicyRule[] {
  return [...new Set(Object.values(apiGroups))].map((group) => ({
    apiGroups: [group],
    resources: watched.filter((resource) => apiGroups[resource] === group),
    verbs: ["list", "watch"],
  }));
}

const watched = Object.keys(stateSeries) as (keyof typeof stateSeries)[];

/** Arguments of the program. */
export function stateMetricsArgs(): string[] {
  return [
    `--port=${ports.kubeStateMetrics}`,
    `--resources=${watched.join(",")}`,
    `--metric-allowlist=${Object.values(stateSeries).flat().join(",")}`,
  ];
}

/** Where the program says whether it is ready, beside its own metrics. */
const telemetryPort = 8081;

/** The Deployment's spec, as a pure function of the settings. */
export function stateMetricsSpec({ memoryLimit }: Settings["clusterMetrics"]) {
  return {
    replicas: 1,
    // Two at once would show every object twice.
    strategy: { type: "Recreate" },
    selector: { matchLabels: selectorLabels(own) },
    template: {
      metadata: { labels: labels(own) },
      spec: {
        serviceAccountName: own.name,
        securityContext: podSecurity(65_534),
        containers: [
          {
            name: own.name,
            image: images.kubeStateMetrics,
            args: stateMetricsArgs(),
            env: [goMemoryLimit(memoryLimit)],
            ports: [
              { name: "http-metrics", containerPort: ports.kubeStateMetrics },
              { name: "telemetry", containerPort: telemetryPort },
            ],
            resources: resourceRequirements({ cpu: "20m", memory: "96Mi", memoryLimit }),
            securityContext: containerSecurity,
            // It is alive while the API server answers it, and ready when it could list.
            livenessProbe: {
              httpGet: { path: "/livez", port: "http-metrics" },
              timeoutSeconds: 5,
              failureThreshold: 6,
            },
            readinessProbe: { httpGet: { path: "/readyz", port: "telemetry" }, timeoutSeconds: 5 },
          },
        ],
      },
    },
  } satisfies kubernetes.types.input.apps.v1.DeploymentSpec;
}

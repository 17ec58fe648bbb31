import { InstrumentedApi } from "../../components/api/instrumentedApi.ts";
import { customResource } from "../../components/customResources/customResource.ts";
import { clusterProvider } from "../../components/kubernetes/clusterProvider.ts";
import { ownNamespace } from "../../components/kubernetes/namespace.ts";
import { usualMonitorLimits } from "../../components/tenancy/monitorLimits.ts";
import { ordersDashboard } from "../../stacks/team-api/ordersDashboard.ts";
import { ordersRules } from "../../stacks/team-api/ordersRules.ts";
import { platformOutputs } from "./teamObjects.ts";

/**
 * Registers APIs as a team would that has many: each in a namespace of its own with a quota, an autoscaler, objectives, a monitor, rules
 * and a dashboard.
 */
export function registerTeamApis(count: number): void {
  const provider = clusterProvider("");
  const providers = { kubernetes: provider };
  for (let index = 1; index <= count; index++) {
    const name = `api-${index}`;
    const namespace = ownNamespace(name, { provider }, "restricted", { cpu: "4", memory: "8Gi", pods: 20 });
    const { instrumentation, instrumentationHash, grafanaUrl } = platformOutputs;
    const api = new InstrumentedApi(
      name,
      {
        ...{ name, namespace: name, image: `registry.example.org/${name}:1.0.0`, port: 8080, grafanaUrl },
        injection: { language: "nodejs", instrumentation, instrumentationHash },
        replicas: { minReplicas: 2, maxReplicas: 5, cpuPercent: 70 },
        resources: { cpu: "50m", memory: "128Mi", memoryLimit: "256Mi" },
        slo: { availability: 0.999, latencyTarget: 0.99, latencySeconds: 1 },
      },
      { providers, dependsOn: namespace },
    );
    const own = { name, namespace: name, labels: {} };
    const selector = { matchLabels: { "app.kubernetes.io/name": name } };
    const monitor = {
      namespaceSelector: { matchNames: [name] },
      selector,
      endpoints: [{ port: "http" }],
      ...usualMonitorLimits,
    };
    const after = { parent: api, provider, dependsOn: namespace };
    customResource("ServiceMonitor", { ...own, spec: monitor }, after);
    customResource("PrometheusRule", { ...own, spec: ordersRules() }, after);
    customResource("GrafanaDashboard", { ...own, spec: ordersDashboard() }, after);
  }
}

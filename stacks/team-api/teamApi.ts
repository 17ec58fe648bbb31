import * as pulumi from "@pulumi/pulumi";
import { recreatedOnChange } from "../../components/backends/grafanaInstance.ts";
import { customResource } from "../../components/customResources/customResource.ts";
import { InstrumentedApi } from "../../components/api/instrumentedApi.ts";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import { ownNamespace } from "../../components/kubernetes/namespace.ts";
import { usualMonitorLimits } from "../../components/tenancy/monitorLimits.ts";
import type { PlatformValues } from "../../outputs/read.ts";
import { ordersApi, teamNamespace } from "./ordersApi.ts";
import { ordersDashboard } from "./ordersDashboard.ts";
import { ordersRules } from "./ordersRules.ts";
import type { TeamSettings } from "./teamSettings.ts";

/** What TeamApi needs. */
export interface TeamApiArgs {
  readonly settings: TeamSettings;
  /** What the platform gives: who injects and shows the telemetry, and the catalogue that orders are made from. */
  readonly platform: PlatformValues<"instrumentation" | "instrumentationHash" | "sampleApiUrl", "grafanaUrl">;
}

/**
 * The orders API with its own monitor, rules and dashboard: the platform's Prometheus and Grafana look for such objects in
 * every namespace.
 */
export class TeamApi extends pulumi.ComponentResource {
  /** Where the platform's Grafana shows the API's requests; null without a Grafana. */
  readonly dashboardUrl: pulumi.Output<string | null>;

  constructor(name: string, { settings, platform }: TeamApiArgs, opts: pulumi.ComponentResourceOptions) {
    super("team-api:index:TeamApi", name, {}, opts);
    const own = { namespace: teamNamespace, labels: labels({ name: ordersApi.name, component: "api" }) };
    const { image, replicas, maxReplicas } = settings;
    const namespace = ownNamespace(teamNamespace, { parent: this });
    const after = { parent: this, dependsOn: namespace };

    const api = new InstrumentedApi(
      ordersApi.name,
      {
        ...ordersApi,
        namespace: teamNamespace,
        image,
        injection: {
          language: "nodejs",
          instrumentation: platform.instrumentation,
          instrumentationHash: platform.instrumentationHash,
        },
        replicas: maxReplicas > replicas ? { minReplicas: replicas, maxReplicas, cpuPercent: 70 } : replicas,
        resources: { cpu: "50m", memory: "128Mi", memoryLimit: "256Mi" },
        upstreams: { CATALOGUE_URL: platform.sampleApiUrl },
        // An order asks the catalogue too: it is allowed more time, and has to be there more often.
        slo: { availability: 0.999, latencyTarget: 0.99, latencySeconds: 1 },
        grafanaUrl: platform.grafanaUrl,
      },
      after,
    );
    customResource(
      "ServiceMonitor",
      {
        ...own,
        name: ordersApi.name,
        spec: {
          namespaceSelector: { matchNames: [teamNamespace] },
          selector: { matchLabels: selectorLabels(ordersApi) },
          endpoints: [{ port: "http" }],
          ...usualMonitorLimits,
        },
      },
      after,
    );
    customResource("PrometheusRule", { ...own, name: ordersApi.name, spec: ordersRules() }, after);
    customResource(
      "GrafanaDashboard",
      { ...own, name: ordersApi.name, spec: ordersDashboard() },
      { ...after, ...recreatedOnChange },
    );
    this.dashboardUrl = api.dashboardUrl;
    this.registerOutputs({});
  }
}

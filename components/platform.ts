import * as pulumi from "@pulumi/pulumi";
import { Access } from "./access/access.ts";
import { Alertmanager } from "./backends/alertmanager.ts";
import { ClusterMetrics } from "./backends/clusterMetrics.ts";
import { Dashboards } from "./backends/grafanaDashboards.ts";
import { Grafana } from "./backends/grafana.ts";
import { Jaeger } from "./backends/jaeger.ts";
import { Logs } from "./backends/logs.ts";
import { Monitors } from "./backends/monitors.ts";
import { Prometheus } from "./backends/prometheus.ts";
import { Rules } from "./backends/prometheusRules.ts";
import { collectorEndpoints, hasLogStore, isEncrypted, jaegerOtlpEndpoint } from "../catalog/endpoints.ts";
import { publicUrls } from "../catalog/publicUrls.ts";
import { exposables } from "../settings/access.ts";
import { expectations } from "../settings/expectations.ts";
import { NetworkPolicies } from "./network/networkPolicies.ts";
import { installOperators } from "./operators/operators.ts";
import type { PlatformArtifacts } from "../artifacts/request.ts";
import { sampleInterval } from "./backends/metricsInterval.ts";
import type { Settings } from "../settings/read.ts";
import { Collector } from "./telemetry/collector.ts";
import { LogAgent } from "./telemetry/logAgent.ts";
import { logsTarget } from "./telemetry/logsExporter.ts";
import { Instrumentation } from "./telemetry/instrumentation.ts";
import { TailSampler } from "./telemetry/tailSampler.ts";
import { Tenancy } from "./tenancy/tenancy.ts";
import { InternalTls } from "./tls/internalTls.ts";
import { logsSource, metricsSource, tracesSource } from "./tls/sources.ts";
import { hasTls } from "../settings/tls.ts";

/** What Platform needs. */
export interface PlatformArgs {
  readonly settings: Settings;
  /** The charts of the operators; an operator without one is not installed. */
  readonly artifacts: PlatformArtifacts;
  /** What the setting `alertSecrets` holds; secret. */
  readonly alertSecrets: pulumi.Output<Record<string, string>>;
}

/**
 * The whole platform, in dependency order: operators, backends, collector, instrumentation. The order of this constructor
 * is the order of an installation; `dependsOn` makes it hold, and turns it round when the stack is destroyed, so that
 * every custom resource goes while its operator can still finalize it.
 */
export class Platform extends pulumi.ComponentResource {
  /** What makes pods instrumented; the sample API waits for it. */
  readonly instrumentation: Instrumentation;

  constructor(name: string, args: PlatformArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:Platform", name, {}, opts);
    const { settings, artifacts } = args;
    const { parts } = settings;
    for (const line of expectations(settings)) void pulumi.log.info(line, this);
    const after = (...needed: (pulumi.Resource | undefined)[]) => ({
      parent: this,
      dependsOn: needed.filter((resource) => resource !== undefined),
    });

    new Tenancy("tenancy", settings, { parent: this });
    if (settings.networkPolicies.enabled) new NetworkPolicies("network-policies", settings, { parent: this });
    const operators = installOperators(artifacts, settings, after);

    const tls = hasTls(settings) ? new InternalTls("internal-tls", settings, after(operators.certManager)) : undefined;
    const prometheus = new Prometheus("prometheus", settings, after(operators.prometheus, tls));
    new Alertmanager("alertmanager", { settings, secrets: args.alertSecrets }, after(operators.prometheus, tls));
    new Rules("rules", settings, after(operators.prometheus));
    if (parts.clusterMetrics) new ClusterMetrics("cluster-metrics", settings.clusterMetrics, { parent: this });
    new Monitors("monitors", settings, after(operators.prometheus, prometheus));
    const jaeger = parts.jaeger
      ? new Jaeger(
          "jaeger",
          {
            ...{ engine: settings.jaegerEngine, settings: settings.jaeger, networkPolicies: settings.networkPolicies },
            metrics: metricsSource(settings),
            tls: settings.tls,
            queryTls: isEncrypted("jaeger", settings),
          },
          after(operators.jaeger ?? operators.openTelemetry, tls),
        )
      : undefined;
    const logs = hasLogStore(settings) ? new Logs("logs", settings, after(tls)) : undefined;
    const grafana = operators.grafana
      ? new Grafana(
          "grafana",
          {
            settings: settings.grafana,
            publicUrl: publicUrls(settings).grafana,
            oidc: settings.oidc,
            datasources: {
              prometheus: metricsSource(settings),
              jaeger: tracesSource(settings),
              logs: logsSource(settings),
              sampleInterval: sampleInterval(settings),
              allowCrossNamespaceImport: settings.grafana.allowCrossNamespaceImport,
            },
          },
          // Its data sources are URLs: what they lead to may come later, and all this is made while other operators come.
          after(operators.grafana),
        )
      : undefined;
    if (grafana) new Dashboards("dashboards", settings, after(grafana));

    if (exposables.some((part) => settings.access.hosts[part] !== undefined)) {
      new Access("access", settings, after(operators.certManager));
    }
    const target = logsTarget(settings);
    if (target) new LogAgent("log-agent", { settings, target }, after(operators.openTelemetry, logs, tls));
    const jaegerEndpoint = jaegerOtlpEndpoint(settings);
    const sampler = settings.collector.tailSampling.enabled
      ? new TailSampler("tail-sampler", { settings, jaegerEndpoint }, after(operators.openTelemetry, jaeger))
      : undefined;
    const collector = new Collector(
      "collector",
      { settings, jaegerEndpoint, logs: target },
      after(operators.openTelemetry, jaeger, logs, sampler, tls),
    );
    this.instrumentation = new Instrumentation(
      "instrumentation",
      {
        settings: settings.instrumentation,
        collectorEndpoint: collectorEndpoints(settings).http,
        encrypted: settings.tls.applications,
        registry: settings.images.registry,
      },
      after(operators.openTelemetry, collector),
    );
    this.registerOutputs({});
  }
}

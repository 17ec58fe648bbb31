import type * as pulumi from "@pulumi/pulumi";
import type { PlatformArtifacts } from "../../artifacts/request.ts";
import type { Settings } from "../../settings/read.ts";
import { CertManager } from "./certManager.ts";
import { GrafanaOperator } from "./grafanaOperator.ts";
import { JaegerOperator } from "./jaegerOperator.ts";
import { MetricsServer } from "./metricsServer.ts";
import { OpenTelemetryOperator } from "./openTelemetryOperator.ts";
import { PrometheusOperator } from "./prometheusOperator.ts";

/** The operators that custom resources wait for; one that is not installed here is expected in the cluster. */
export interface Operators {
  readonly certManager?: CertManager;
  readonly prometheus?: PrometheusOperator;
  readonly openTelemetry?: OpenTelemetryOperator;
  readonly jaeger?: JaegerOperator;
  readonly grafana?: GrafanaOperator;
}

/**
 * Registers the operators that there are charts for, each after what it needs when it starts.
 *
 * @param artifacts the charts
 * @param settings what destroy does with the CRDs of cert-manager, how hosts come in, and where its charts' images come from; the wrapped manifests have both in them
 * @param after options of a child that comes after other resources
 */
export function installOperators(
  { bundles, charts }: PlatformArtifacts,
  { access, crdPolicy, images }: Pick<Settings, "access" | "crdPolicy" | "images">,
  after: (...needed: (pulumi.Resource | undefined)[]) => pulumi.ComponentResourceOptions,
): Operators {
  const certManager = charts.certManager
    ? new CertManager(
        "cert-manager",
        {
          chart: charts.certManager,
          crdPolicy,
          images,
          gatewayApi: access.gateway !== "" && Object.keys(access.hosts).length > 0,
        },
        after(),
      )
    : undefined;
  const prometheus = bundles.prometheusOperator
    ? new PrometheusOperator("prometheus-operator", { chart: bundles.prometheusOperator }, after())
    : undefined;
  if (bundles.metricsServer) new MetricsServer("metrics-server", { chart: bundles.metricsServer }, after());
  const openTelemetry = bundles.openTelemetryOperator
    ? new OpenTelemetryOperator(
        "opentelemetry-operator",
        { chart: bundles.openTelemetryOperator },
        after(certManager, prometheus),
      )
    : undefined;
  const jaeger = bundles.jaegerOperator
    ? new JaegerOperator("jaeger-operator", { chart: bundles.jaegerOperator }, after(certManager))
    : undefined;
  const grafana =
    bundles.grafanaOperatorCrds && charts.grafanaOperator
      ? new GrafanaOperator(
          "grafana-operator",
          { crds: bundles.grafanaOperatorCrds, chart: charts.grafanaOperator, images },
          after(),
        )
      : undefined;
  return {
    ...(certManager ? { certManager } : {}),
    ...(prometheus ? { prometheus } : {}),
    ...(openTelemetry ? { openTelemetry } : {}),
    ...(jaeger ? { jaeger } : {}),
    ...(grafana ? { grafana } : {}),
  };
}

import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { AlertmanagerConfigSpec } from "./alertmanagerConfig.ts";
import type { CertificateSpec, IssuerSpec } from "./certificates.ts";
import type { HttpRouteSpec, ReferenceGrantSpec } from "./gateway.ts";
import type { GrafanaDashboardSpec, GrafanaDatasourceSpec, GrafanaFolderSpec, GrafanaSpec } from "./grafana.ts";
import type { JaegerSpec } from "./jaeger.ts";
import type { PodMonitorSpec, ServiceMonitorSpec } from "./monitors.ts";
import type { InstrumentationSpec, OpenTelemetryCollectorSpec } from "./openTelemetry.ts";
import type { AlertmanagerSpec, PrometheusSpec } from "./prometheus.ts";
import type { PrometheusRuleSpec } from "./prometheusRule.ts";

/** The types of the custom resources' specs by kind. A test with the operators' CRDs holds every field of them. */
export interface CustomResourceSpecs {
  Alertmanager: AlertmanagerSpec;
  AlertmanagerConfig: AlertmanagerConfigSpec;
  Certificate: CertificateSpec;
  ClusterIssuer: IssuerSpec;
  Grafana: GrafanaSpec;
  GrafanaDashboard: GrafanaDashboardSpec;
  GrafanaDatasource: GrafanaDatasourceSpec;
  GrafanaFolder: GrafanaFolderSpec;
  HTTPRoute: HttpRouteSpec;
  Instrumentation: InstrumentationSpec;
  Issuer: IssuerSpec;
  Jaeger: JaegerSpec;
  OpenTelemetryCollector: OpenTelemetryCollectorSpec;
  PodMonitor: PodMonitorSpec;
  Prometheus: PrometheusSpec;
  PrometheusRule: PrometheusRuleSpec;
  ReferenceGrant: ReferenceGrantSpec;
  ServiceMonitor: ServiceMonitorSpec;
}

/** The API version of each kind that the stack makes objects of. */
export const apiVersions: { readonly [Kind in keyof CustomResourceSpecs]: string } = {
  Alertmanager: "monitoring.coreos.com/v1",
  AlertmanagerConfig: "monitoring.coreos.com/v1alpha1",
  Certificate: "cert-manager.io/v1",
  ClusterIssuer: "cert-manager.io/v1",
  Grafana: "grafana.integreatly.org/v1beta1",
  GrafanaDashboard: "grafana.integreatly.org/v1beta1",
  GrafanaDatasource: "grafana.integreatly.org/v1beta1",
  GrafanaFolder: "grafana.integreatly.org/v1beta1",
  HTTPRoute: "gateway.networking.k8s.io/v1",
  Instrumentation: "opentelemetry.io/v1alpha1",
  Issuer: "cert-manager.io/v1",
  Jaeger: "jaegertracing.io/v1",
  OpenTelemetryCollector: "opentelemetry.io/v1beta1",
  PodMonitor: "monitoring.coreos.com/v1",
  Prometheus: "monitoring.coreos.com/v1",
  PrometheusRule: "monitoring.coreos.com/v1",
  ReferenceGrant: "gateway.networking.k8s.io/v1beta1",
  ServiceMonitor: "monitoring.coreos.com/v1",
};

/** Name, place and content of a custom resource. */
export interface CustomResourceArgs<Kind extends keyof CustomResourceSpecs> {
  readonly name: string;
  /** @default - none: of the cluster, as a ClusterIssuer is */
  readonly namespace?: string;
  readonly labels: Record<string, string>;
  /** @default none */
  readonly annotations?: Record<string, string>;
  readonly spec: CustomResourceSpecs[Kind];
  /** Name of the resource in its stack, where two of the kind share theirs. @default - kind and name */
  readonly logicalName?: string;
}

/**
 * Registers a custom resource whose spec the compiler has checked.
 *
 * @param kind kind of the object; it decides the API version and the type of the spec
 * @param args name, namespace, labels and spec
 * @param opts its parent, and what must be there first
 */
export function customResource<Kind extends keyof CustomResourceSpecs>(
  kind: Kind,
  args: CustomResourceArgs<Kind>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  // The kind is part of the logical name: a collector and a Jaeger may share theirs.
  const { spec, logicalName = `${kind}-${args.name}`, ...metadata } = args;
  return new kubernetes.apiextensions.CustomResource(
    logicalName,
    { apiVersion: apiVersions[kind], kind, metadata, spec },
    opts,
  );
}

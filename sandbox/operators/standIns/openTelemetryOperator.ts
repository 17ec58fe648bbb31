import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { operatorImages } from "../../../catalog/versions.ts";
import { crd, operator, webhooks } from "./objects.ts";

const group = "opentelemetry.io";
const namespace = "opentelemetry-operator-system";
const prefix = "opentelemetry-operator";

const scale = {
  specReplicasPath: ".spec.replicas",
  statusReplicasPath: ".status.scale.replicas",
  labelSelectorPath: ".status.scale.selector",
};

/** As upstream's release manifest, its namespace included. */
export function openTelemetryOperator(): ManifestObject[] {
  const name = `${prefix}-controller-manager`;
  const collectors = {
    group,
    kind: "OpenTelemetryCollector",
    shortNames: ["otelcol", "otelcols"],
    annotations: { "cert-manager.io/inject-ca-from": `${namespace}/${prefix}-serving-cert` },
    conversion: {
      strategy: "Webhook",
      webhook: {
        clientConfig: { service: { name: `${prefix}-webhook-service`, namespace, path: "/convert" } },
        conversionReviewVersions: ["v1alpha1", "v1beta1"],
      },
    },
    versions: [
      { name: "v1alpha1", scale },
      { name: "v1beta1", scale },
    ],
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    crd({
      group,
      kind: "Instrumentation",
      shortNames: ["otelinst", "otelinsts"],
      versions: [{ name: "v1alpha1" }],
    }),
    crd(collectors),
    ...operator({
      name,
      container: "manager",
      namespace,
      image: operatorImages.openTelemetryOperator[0],
      apiGroups: [group, "apps", "monitoring.coreos.com"],
    }),
    ...webhooks({
      operator: prefix,
      namespace,
      deployment: name,
      secretName: `${name}-service-cert`,
      group,
      mutating: {
        "minstrumentation.kb.io": `${group}/v1alpha1/instrumentations`,
        "mopentelemetrycollectorbeta.kb.io": `${group}/v1beta1/opentelemetrycollectors`,
        "mpod.kb.io": "v1/pods",
      },
      validating: {
        "vinstrumentationcreateupdate.kb.io": `${group}/v1alpha1/instrumentations`,
        "vopentelemetrycollectorcreateupdatebeta.kb.io": `${group}/v1beta1/opentelemetrycollectors`,
      },
    }),
  ];
}

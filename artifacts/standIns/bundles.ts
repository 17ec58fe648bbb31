import type { ManifestObject } from "../manifests/manifest.ts";
import { bundles, operatorImages, replacedImages } from "../../catalog/versions.ts";
import { crd, operator, service, webhooks } from "./objects.ts";

/** The objects of each release manifest, under upstream's names. */
export const bundleObjects: Record<keyof typeof bundles, () => ManifestObject[]> = {
  prometheusOperator,
  openTelemetryOperator,
  jaegerOperator,
  grafanaOperatorCrds: () =>
    ["GrafanaDashboard", "GrafanaDatasource", "GrafanaFolder", "Grafana"].map((kind) =>
      crd({ group: grafanaGroup, kind, versions: ["v1beta1"] }),
    ),
  metricsServer,
};

export const grafanaGroup = "grafana.integreatly.org";

/** Everything is in `default`. */
function prometheusOperator(): ManifestObject[] {
  const group = "monitoring.coreos.com";
  const name = "prometheus-operator";
  const [image, reloader] = operatorImages.prometheusOperator;
  const scaledBy = (count: string) => ({
    specReplicasPath: `.spec.${count}`,
    statusReplicasPath: `.status.${count}`,
    labelSelectorPath: ".status.selector",
  });
  const v1 = { group, versions: ["v1"] };
  return [
    crd({ ...v1, kind: "Alertmanager", shortNames: ["am"], scale: scaledBy("replicas") }),
    crd({ ...v1, kind: "Prometheus", plural: "prometheuses", shortNames: ["prom"], scale: scaledBy("shards") }),
    crd({ group, kind: "AlertmanagerConfig", shortNames: ["amcfg"], versions: ["v1alpha1"] }),
    crd({ ...v1, kind: "PodMonitor", shortNames: ["pmon"] }),
    crd({ ...v1, kind: "Probe", shortNames: ["prb"] }),
    crd({ ...v1, kind: "ServiceMonitor", shortNames: ["smon"] }),
    crd({ ...v1, kind: "PrometheusRule", shortNames: ["promrule"] }),
    ...operator({
      ...{ name, namespace: "default", images: { [name]: image } },
      args: ["--kubelet-service=kube-system/kubelet", `--prometheus-config-reloader=${reloader}`],
      apiGroups: [group, "apps"],
    }),
    service(name, name, "default", 8080),
  ];
}

/** Its namespace is one of its objects. */
function openTelemetryOperator(): ManifestObject[] {
  const group = "opentelemetry.io";
  const namespace = "opentelemetry-operator-system";
  const prefix = "opentelemetry-operator";
  const name = `${prefix}-controller-manager`;
  const [image] = operatorImages.openTelemetryOperator;
  const clientConfig = { service: { name: `${prefix}-webhook-service`, namespace, path: "/convert" } };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    crd({ group, kind: "Instrumentation", shortNames: ["otelinst", "otelinsts"], versions: ["v1alpha1"] }),
    crd({
      ...{ group, kind: "OpenTelemetryCollector", shortNames: ["otelcol", "otelcols"] },
      annotations: { "cert-manager.io/inject-ca-from": `${namespace}/${prefix}-serving-cert` },
      conversion: {
        strategy: "Webhook",
        webhook: { clientConfig, conversionReviewVersions: ["v1alpha1", "v1beta1"] },
      },
      versions: ["v1alpha1", "v1beta1"],
      scale: {
        specReplicasPath: ".spec.replicas",
        statusReplicasPath: ".status.scale.replicas",
        labelSelectorPath: ".status.scale.selector",
      },
    }),
    ...operator({ name, namespace, images: { manager: image }, apiGroups: [group, "apps", "monitoring.coreos.com"] }),
    ...webhooks({
      ...{ prefix, namespace, deployment: name, group },
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

/** The image that no longer exists is in it too. */
function jaegerOperator(): ManifestObject[] {
  const group = "jaegertracing.io";
  const namespace = "observability";
  const name = "jaeger-operator";
  const [image] = operatorImages.jaegerOperator;
  const [removed = ""] = Object.keys(replacedImages);
  const annotations = { "cert-manager.io/inject-ca-from": `${namespace}/${name}-serving-cert` };
  return [
    crd({ group, kind: "Jaeger", annotations, versions: ["v1"] }),
    ...operator({
      ...{ name, namespace, images: { [name]: image, "kube-rbac-proxy": removed } },
      args: ["start", "--health-probe-bind-address=:8081", "--leader-elect"],
      apiGroups: [group, "apps"],
    }),
    ...webhooks({
      ...{ prefix: name, namespace, deployment: name, group },
      mutating: {
        "deployment.sidecar-injector.jaegertracing.io": "apps/v1/deployments",
        "mjaeger.kb.io": `${group}/v1/jaegers`,
      },
      validating: { "vjaeger.kb.io": `${group}/v1/jaegers` },
    }),
  ];
}

function metricsServer(): ManifestObject[] {
  const name = "metrics-server";
  const namespace = "kube-system";
  const [image] = operatorImages.metricsServer;
  return [
    ...operator({
      ...{ name, namespace, images: { [name]: image }, apiGroups: [""] },
      args: ["--cert-dir=/tmp", "--secure-port=10250", "--metric-resolution=15s"],
    }),
    service(name, name, namespace, 443),
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: {
        group: "metrics.k8s.io",
        groupPriorityMinimum: 100,
        insecureSkipTLSVerify: true,
        service: { name, namespace },
        version: "v1beta1",
        versionPriority: 100,
      },
    },
  ];
}

import type { Settings } from "./read.ts";

/**
 * What the stack expects to find in the cluster or elsewhere because a part of it is switched off: one line each.
 *
 * @param settings the checked settings
 */
export function expectations(settings: Settings): string[] {
  const { parts, jaegerEngine, jaeger, logs, prometheus, grafana, access, networkPolicies, tenancy } = settings;
  const operators =
    parts.jaeger && jaegerEngine === "operator"
      ? "OpenTelemetry and Jaeger operators expect"
      : "OpenTelemetry operator expects";
  return [
    ...(parts.certManager
      ? []
      : [
          `parts.certManager is false: the ${operators} cert-manager (cert-manager.io/v1, webhook ready) in the cluster`,
        ]),
    ...(parts.prometheusOperator
      ? []
      : [
          "parts.prometheusOperator is false: Prometheus, Alertmanager and the collector's ServiceMonitors expect a Prometheus " +
            "operator (monitoring.coreos.com/v1) that watches namespace observability; the alert VolumeNearlyFull expects it to keep a " +
            "Service of the kubelets (--kubelet-service=kube-system/…)" +
            (tenancy.policies
              ? "; tenancy.policies bind whatever it runs: the namespaces of the cluster's own monitoring belong into tenancy.trustedNamespaces"
              : ""),
        ]),
    ...(parts.metricsServer
      ? []
      : ["parts.metricsServer is false: kubectl top and autoscalers expect one in the cluster"]),
    ...(parts.jaeger
      ? []
      : [`parts.jaeger is false: the collector expects OTLP/gRPC without TLS at ${jaeger.endpoint}`]),
    ...(parts.logs && logs.otlpEndpoint !== ""
      ? [
          `logs.otlpEndpoint is set: no store of logs is made; ${logs.otlpEndpoint}/v1/logs is expected to take OTLP/HTTP without a login`,
        ]
      : []),
    ...(prometheus.shards > 1
      ? [
          `prometheus.shards is ${prometheus.shards}: no Prometheus of the stack evaluates rules; the store at ${prometheus.queryUrl} is expected ` +
            "to take those of the PrometheusRule objects, and to tell Alertmanager" +
            (networkPolicies.enabled ? ", which a NetworkPolicy of the site has to let it reach" : ""),
        ]
      : []),
    ...(Object.keys(access.hosts).length > 0 ? accessExpectations(access, parts) : []),
    ...(parts.grafana
      ? []
      : [
          `parts.grafana is false: no data source is made; a Grafana ${grafana.url === "" ? "elsewhere" : `at ${grafana.url}`} ` +
            "takes the URLs from the outputs",
        ]),
  ];
}

/** What brings requests from outside is the site's. */
function accessExpectations(
  { gateway, ingressClass, issuer, authentication }: Settings["access"],
  { certManager }: Settings["parts"],
): string[] {
  return [
    gateway === ""
      ? `access.ingressClass is set: an Ingress controller of class ${ingressClass} is expected in the cluster`
      : `access.gateway is set: Gateway ${gateway} (gateway.networking.k8s.io/v1) is expected in the cluster, with TLS, and to take ` +
        "routes of namespace observability",
    ...(authentication === "gateway"
      ? ["access.authentication is gateway: it is expected to ask for a login before each host but Grafana's"]
      : []),
    ...(issuer === "" || certManager
      ? []
      : [`access.issuer is ${issuer}: cert-manager (cert-manager.io/v1) is expected in the cluster`]),
  ];
}

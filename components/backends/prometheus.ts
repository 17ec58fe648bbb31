import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { mebibytes, resourceRequirements } from "../containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { PrometheusSpec } from "../customResources/prometheus.ts";
import { labels } from "../labels.ts";
import { namespaces, ports, resources, services } from "../names.ts";
import type { Settings } from "../settings.ts";
import { images, versions } from "../versions.ts";
import { podStorage } from "./podStorage.ts";

/** Prometheus over all namespaces, with the rights it needs to find its targets. */
export class Prometheus extends pulumi.ComponentResource {
  constructor(name: string, settings: Pick<Settings, "prometheus" | "cluster">, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Prometheus", name, {}, opts);
    const namespace = namespaces.observability;
    const ownLabels = labels({ name: resources.prometheus, component: "backend", version: versions.prometheus });
    // A cluster-wide name says whose role it is.
    const clusterName = `${namespace}-${resources.prometheus}`;

    const account = new kubernetes.core.v1.ServiceAccount(
      resources.prometheus,
      { metadata: { name: resources.prometheus, namespace, labels: ownLabels } },
      { parent: this },
    );
    const role = new kubernetes.rbac.v1.ClusterRole(
      clusterName,
      {
        metadata: { name: clusterName, labels: ownLabels },
        rules: [
          {
            apiGroups: [""],
            resources: ["nodes", "services", "endpoints", "pods"],
            verbs: ["get", "list", "watch"],
          },
          { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"] },
          // A Probe or ScrapeConfig may take its targets from them.
          { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] },
          { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
          { nonResourceURLs: ["/metrics"], verbs: ["get"] },
        ],
      },
      { parent: this },
    );
    const binding = new kubernetes.rbac.v1.ClusterRoleBinding(
      clusterName,
      {
        metadata: { name: clusterName, labels: ownLabels },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterName },
        subjects: [{ kind: "ServiceAccount", name: resources.prometheus, namespace }],
      },
      { parent: this, dependsOn: [account, role] },
    );
    new kubernetes.core.v1.Service(
      services.prometheus,
      {
        metadata: {
          ...{ name: services.prometheus, namespace, labels: ownLabels },
          // Its pods come after this program has ended.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: prometheusServiceSpec(),
      },
      { parent: this },
    );
    customResource(
      "Prometheus",
      { name: resources.prometheus, namespace, labels: ownLabels, spec: prometheusSpec(settings) },
      { parent: this, dependsOn: binding },
    );
    this.registerOutputs({});
  }
}

/**
 * One address for all pods of Prometheus. Each scrapes by itself, so their samples differ a little: whoever asks stays with one of
 * them, and graphs do not jump.
 */
export function prometheusServiceSpec() {
  return {
    // The operator's labels of the pods.
    selector: { "app.kubernetes.io/name": "prometheus", "app.kubernetes.io/instance": resources.prometheus },
    ports: [{ name: "web", port: ports.prometheus, targetPort: "web" }],
    sessionAffinity: "ClientIP",
  };
}

/**
 * The most that one scrape brings; above it all of it is dropped. The collector lets 40,000 series of a service through, so this is
 * room for dozens that go wrong at once, and still bounds what a target of a team can do.
 */
const scrapeLimits = { sampleLimit: 2_000_000, bodySizeLimit: "512MB" };

/** What it may write to its node's disk where it has no volume. */
const sizeWithoutVolume = "10Gi";

/** The Prometheus of the stack, as a pure function of its settings. */
export function prometheusSpec({
  prometheus: settings,
  cluster,
}: Pick<Settings, "prometheus" | "cluster">): PrometheusSpec {
  const { name, environment } = cluster;
  const externalLabels = {
    ...(name === "" ? {} : { k8s_cluster_name: name }),
    ...(environment === "" ? {} : { deployment_environment_name: environment }),
  };
  return {
    image: images.prometheus,
    version: versions.prometheus,
    replicas: settings.replicas,
    serviceAccountName: resources.prometheus,
    retention: settings.retention,
    scrapeInterval: settings.scrapeInterval,
    ...(Object.keys(externalLabels).length > 0 ? { externalLabels } : {}),
    // A counter that appears counts from 0, from the time at which it began.
    enableFeatures: ["exemplar-storage", "created-timestamp-zero-ingestion"],
    exemplars: { maxSize: 100_000 },
    resources: resourceRequirements({ cpu: "100m", memory: "400Mi", memoryLimit: settings.memoryLimit }),
    securityContext: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    storage: podStorage(settings.volumeSize, sizeWithoutVolume),
    // The oldest samples go before the volume is full; the rest is for the write-ahead log and for compaction.
    retentionSize: `${Math.floor(mebibytes(settings.volumeSize || sizeWithoutVolume) * 0.85)}MiB`,
    ...scrapeLimits,
    alerting: {
      alertmanagers: [
        { namespace: namespaces.observability, name: services.alertmanager, port: "web", apiVersion: "v2" },
      ],
    },
    // Empty selectors take everything in every namespace: a team's monitor needs no label to be found.
    serviceMonitorSelector: {},
    serviceMonitorNamespaceSelector: {},
    podMonitorSelector: {},
    podMonitorNamespaceSelector: {},
    probeSelector: {},
    probeNamespaceSelector: {},
    scrapeConfigSelector: {},
    scrapeConfigNamespaceSelector: {},
    ruleSelector: {},
    ruleNamespaceSelector: {},
  };
}

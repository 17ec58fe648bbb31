import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterAccount } from "../kubernetes/clusterAccount.ts";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { mebibytes } from "../../settings/quantities.ts";
import { disruptionBudget, spread } from "../kubernetes/availability.ts";
import { skipAwait } from "../kubernetes/skipAwait.ts";
import { customResource } from "../customResources/customResource.ts";
import type { PrometheusSpec } from "../customResources/prometheus.ts";
import { onlyNamespaces, trustedNamespaces } from "../../catalog/trustedNamespaces.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, ports, resources, services } from "../../catalog/names.ts";
import { allWorkloads } from "../network/workloads.ts";
import { podSecurity } from "../kubernetes/podSecurity.ts";
import { publicUrls } from "../../catalog/publicUrls.ts";
import { operatorReplicaLabel } from "../../settings/prometheus.ts";
import type { Settings } from "../../settings/read.ts";
import { images, versions } from "../../catalog/versions.ts";
import { volumeOwner } from "../kubernetes/volumeClaim.ts";
import { ingressRights } from "./ingressRights.ts";
import { podStorage } from "./podStorage.ts";
import { alertmanagerTls, prometheusTls } from "./prometheusTls.ts";
import { remoteWrite } from "./remoteWrite.ts";
import { neededFirst, type OperatedOptions } from "../kubernetes/neededFirst.ts";

type PrometheusSettings = Pick<Settings, "prometheus" | "tenancy" | "cluster" | "access" | "tls">;

/** Prometheus over all namespaces, with the rights it needs to find its targets. */
export class Prometheus extends pulumi.ComponentResource {
  constructor(name: string, settings: PrometheusSettings, opts: OperatedOptions) {
    const { component, after } = neededFirst(opts);
    super("fluffy-observability:backends:Prometheus", name, {}, component);
    const namespace = namespaces.observability;
    const ownLabels = labels({ name: resources.prometheus, component: "backend", version: versions.prometheus });
    const { account, binding } = clusterAccount(
      {
        ...{ name: resources.prometheus, labels: ownLabels, roleLabels: ownLabels },
        rules: [
          // What the operator lets it discover by: no `serviceDiscoveryRole` asks for EndpointSlices, no `attachMetadata` for nodes.
          { apiGroups: [""], resources: ["services", "endpoints", "pods"], verbs: ["get", "list", "watch"] },
          { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
          { nonResourceURLs: ["/metrics"], verbs: ["get"] },
        ],
      },
      { parent: this },
    );
    ingressRights(trustedNamespaces(settings.tenancy), { parent: this });
    // Prometheus reads no file for a monitor (`arbitraryFSAccessThroughSMs`), so its token and the cluster's CA come to ours
    // by a Secret that Kubernetes fills.
    new kubernetes.core.v1.Secret(
      resources.prometheusToken,
      {
        metadata: {
          ...{ name: resources.prometheusToken, namespace, labels: ownLabels },
          annotations: { "kubernetes.io/service-account.name": resources.prometheus },
        },
        type: "kubernetes.io/service-account-token",
      },
      // Kubernetes deletes the token of an account that is not there.
      { parent: this, dependsOn: account },
    );
    new kubernetes.core.v1.Service(
      services.prometheus,
      {
        metadata: {
          ...{ name: services.prometheus, namespace, labels: ownLabels },
          // Its pods come after this program has ended.
          annotations: skipAwait,
        },
        spec: prometheusServiceSpec(),
      },
      { parent: this },
    );
    customResource(
      "Prometheus",
      { name: resources.prometheus, namespace, labels: ownLabels, spec: prometheusSpec(settings) },
      { parent: this, dependsOn: after(binding) },
    );
    disruptionBudget(
      resources.prometheus,
      {
        ...{ name: resources.prometheus, namespace: namespaces.observability },
        pods: allWorkloads.prometheus.labels,
        replicas: podsOf(settings.prometheus),
      },
      { parent: this },
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

/** Pods of Prometheus, of all shards. */
const podsOf = ({ replicas, shards }: Settings["prometheus"]) => replicas * shards;

/** The Prometheus of the stack, as a pure function of its settings. */
export function prometheusSpec({
  prometheus: settings,
  tenancy,
  cluster,
  access,
  tls,
}: PrometheusSettings): PrometheusSpec {
  const ownAndTrusted = onlyNamespaces(trustedNamespaces(tenancy));
  const { name, environment } = cluster;
  const { prometheus: publicUrl } = publicUrls({ access });
  const externalLabels = {
    ...(name === "" ? {} : { k8s_cluster_name: name }),
    ...(environment === "" ? {} : { deployment_environment_name: environment }),
    // A store that elects one of the replicas has to do so for each shard. The operator fills it in.
    ...(settings.shards > 1 ? { prometheus_shard: "$(SHARD)" } : {}),
  };
  return {
    image: images.prometheus,
    version: versions.prometheus,
    replicas: settings.replicas,
    ...(settings.shards > 1 ? { shards: settings.shards } : {}),
    ...spread({ pods: allWorkloads.prometheus.labels, replicas: podsOf(settings) }),
    serviceAccountName: resources.prometheus,
    retention: settings.retention,
    scrapeInterval: settings.scrapeInterval,
    ...(publicUrl === null ? {} : { externalUrl: publicUrl }),
    ...(Object.keys(externalLabels).length > 0 ? { externalLabels } : {}),
    ...(settings.replicaLabel === operatorReplicaLabel ? {} : { replicaExternalLabelName: settings.replicaLabel }),
    // A counter that appears counts from 0, from the time at which it began.
    enableFeatures: ["exemplar-storage", "created-timestamp-zero-ingestion"],
    exemplars: { maxSize: 100_000 },
    resources: resourceRequirements({ cpu: "100m", memory: "400Mi", memoryLimit: settings.memoryLimit }),
    securityContext: { ...volumeOwner(2000), ...podSecurity(1000) },
    storage: podStorage(settings.volumeSize, sizeWithoutVolume),
    // The oldest samples go before the volume is full; the rest is for the write-ahead log and for compaction.
    retentionSize: `${Math.floor(mebibytes(settings.volumeSize || sizeWithoutVolume) * 0.85)}MiB`,
    // A monitor that names a file would send its content to the monitor's target.
    arbitraryFSAccessThroughSMs: { deny: true },
    // By HTTP any pod could reload Prometheus, or end it.
    reloadStrategy: "ProcessSignal",
    ...scrapeLimits,
    ...(settings.remoteWrite.length > 0 ? { remoteWrite: settings.remoteWrite.map(remoteWrite) } : {}),
    alerting: {
      alertmanagers: [
        {
          ...{ namespace: namespaces.observability, name: services.alertmanager, port: "web", apiVersion: "v2" },
          ...alertmanagerTls({ tls, access }),
        },
      ],
    },
    ...prometheusTls({ tls, access }),
    // Empty selectors take everything in every namespace: a team's monitor needs no label to be found.
    serviceMonitorSelector: {},
    serviceMonitorNamespaceSelector: {},
    podMonitorSelector: {},
    podMonitorNamespaceSelector: {},
    // These two make Prometheus ask any address.
    probeSelector: {},
    probeNamespaceSelector: ownAndTrusted,
    scrapeConfigSelector: {},
    scrapeConfigNamespaceSelector: ownAndTrusted,
    // A rule would count the part of a service that is in its shard; the store at `queryUrl` has all of it.
    ...(settings.shards > 1 ? {} : { ruleSelector: {} }),
    ruleNamespaceSelector: {},
  };
}

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { spread } from "../kubernetes/availability.ts";
import { clusterAccount } from "../kubernetes/clusterAccount.ts";
import { goMemoryLimit, resourceRequirements } from "../../catalog/containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { OpenTelemetryCollectorSpec } from "../customResources/openTelemetry.ts";
import { durationSeconds } from "../../settings/duration.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources, serviceHost, services } from "../../catalog/names.ts";
import { allWorkloads } from "../network/workloads.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import type { Settings } from "../../settings/read.ts";
import { images, versions } from "../../catalog/versions.ts";
import { servedSecrets } from "../tls/certificates.ts";
import { tlsVolume } from "../tls/tlsFiles.ts";
import { hasTls } from "../../settings/tls.ts";
import type { LogsTarget } from "./logsExporter.ts";
import { collectorConfig } from "./collectorConfig.ts";
import { eventsLease, eventsRules, leaseRules } from "./kubernetesEvents.ts";
import { startupProbe } from "./podIdentity.ts";
import { neededFirst, type OperatedOptions } from "../kubernetes/neededFirst.ts";

/** What Collector needs. */
export interface CollectorArgs {
  readonly settings: Pick<
    Settings,
    | "cluster"
    | "collector"
    | "instrumentation"
    | "logs"
    | "masking"
    | "networkPolicies"
    | "parts"
    | "prometheus"
    | "tls"
  >;
  /** host:port of Jaeger's OTLP/gRPC receiver. */
  readonly jaegerEndpoint: string;
  /** Where log records go; undefined where logs are off. */
  readonly logs: LogsTarget | undefined;
}

/** The OpenTelemetry Collector that all applications send to. */
export class Collector extends pulumi.ComponentResource {
  constructor(name: string, args: CollectorArgs, opts: OperatedOptions) {
    const { component, after } = neededFirst(opts);
    super("fluffy-observability:telemetry:Collector", name, {}, component);
    const namespace = namespaces.observability;
    const withEvents = args.logs !== undefined && args.settings.logs.kubernetesEvents;
    const ownLabels = labels({ name: resources.collector, component: "collector", version: versions.collector });
    const { account, binding } = clusterAccount(
      {
        name: resources.collector,
        // Without a version: a new image changes no rights.
        labels: labels({ name: resources.collector, component: "collector" }),
        roleLabels: ownLabels,
        rules: [
          // Which pod has sent something; a Deployment's name is read from that of the pod's ReplicaSet.
          { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
          ...(withEvents ? eventsRules : []),
        ],
      },
      { parent: this },
    );
    const lease = withEvents ? [leaseRights(account, { parent: this })] : [];
    customResource(
      "OpenTelemetryCollector",
      {
        name: resources.collector,
        namespace,
        labels: ownLabels,
        spec: collectorSpec(args),
      },
      { parent: this, dependsOn: after(account, binding, ...lease) },
    );
    this.registerOutputs({});
  }
}

/** The right to the lease by which one of the pods watches the events. */
function leaseRights(
  account: kubernetes.core.v1.ServiceAccount,
  opts: pulumi.CustomResourceOptions,
): kubernetes.rbac.v1.RoleBinding {
  const namespace = namespaces.observability;
  const ownLabels = labels({ name: resources.collector, component: "collector" });
  const metadata = { name: eventsLease, namespace, labels: ownLabels };
  const role = new kubernetes.rbac.v1.Role(eventsLease, { metadata, rules: leaseRules }, opts);
  return new kubernetes.rbac.v1.RoleBinding(
    eventsLease,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: eventsLease },
      subjects: [{ kind: "ServiceAccount", name: resources.collector, namespace }],
    },
    { ...opts, dependsOn: [account, role] },
  );
}

/** The collector of the stack, as a pure function of its settings. */
export function collectorSpec({ settings, jaegerEndpoint, logs }: CollectorArgs): OpenTelemetryCollectorSpec {
  const { memoryLimit, replicas, maxReplicas, messageSpans, corsOrigins, tailSampling, debug } = settings.collector;
  const { tls, parts } = settings;
  const most = Math.max(replicas, maxReplicas);
  const { ignoredPaths, metricExportIntervalSeconds } = settings.instrumentation;
  // Two exports may be lost before a process counts as gone.
  const gaugeSeconds = 2 * metricExportIntervalSeconds + durationSeconds(settings.prometheus.scrapeInterval);
  return {
    mode: "deployment",
    image: images.collector,
    // Where the autoscaler decides, a number here would take back what it did, with each `pulumi up`.
    ...(maxReplicas === 0 ? { replicas } : {}),
    serviceAccount: resources.collector,
    ...(maxReplicas === 0 ? {} : { autoscaler: { minReplicas: replicas, maxReplicas, targetCPUUtilization: 80 } }),
    startupProbe,
    // The autoscaler goes by the share of what is requested: of little, any load would be too much.
    resources: resourceRequirements({ cpu: maxReplicas === 0 ? "100m" : "500m", memory: "128Mi", memoryLimit }),
    // The limiter only sees what comes in, not what sending takes.
    env: [goMemoryLimit(memoryLimit)],
    // An application whose metrics reached two pods would be counted twice.
    ...(most > 1 ? { sessionAffinity: "ClientIP" as const, podDisruptionBudget: { maxUnavailable: 1 } } : {}),
    ...spread({ pods: allWorkloads.collector.labels, replicas: most }),
    podSecurityContext: podSecurity(10001),
    securityContext: containerSecurity,
    ...(hasTls(settings) ? tlsVolume(servedSecrets.collector) : {}),
    ...(settings.networkPolicies.enabled ? { networkPolicy: { enabled: false } } : {}),
    // The stack has monitors of its own, see `collectorMonitors`.
    observability: { metrics: { enableMetrics: false } },
    config: collectorConfig({
      ...{ memoryLimit, jaegerEndpoint, messageSpans, ignoredPaths, gaugeSeconds, corsOrigins, debug, logs },
      ...(tailSampling.enabled ? { samplerPods: serviceHost(services.tailSamplerPods, namespaces.observability) } : {}),
      ...{ receiverTls: tls.applications, metricsTls: tls.internal },
      // A Jaeger elsewhere takes what is sent without it.
      encrypted: tls.internal && (tailSampling.enabled || parts.jaeger),
      events: settings.logs.kubernetesEvents,
      patterns: settings.masking.patterns,
      cluster: { clusterName: settings.cluster.name, environment: settings.cluster.environment },
    }),
  };
}

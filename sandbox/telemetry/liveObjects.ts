import type { EnvVar } from "../../components/customResources/common.ts";
import type {
  InstrumentationSpec,
  OpenTelemetryCollectorSpec,
} from "../../components/customResources/openTelemetry.ts";
import type { ServiceMonitorSpec } from "../../components/customResources/monitors.ts";
import type { AlertmanagerSpec, PrometheusSpec } from "../../components/customResources/prometheus.ts";
import { apiVersions } from "../../components/customResources/customResource.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { ordersApi as teamApi, teamNamespace as namespace } from "../../stacks/team-api/ordersApi.ts";
import { UserError } from "../../cli/errors.ts";
import type { KubeClient } from "../cluster/api/client.ts";
import { readAlertmanagerConfig, readRuleFiles } from "./generated.ts";
import type { LogStoreSpec } from "./victoriaLogs.ts";
import { type MountedFolder, mountedFolders } from "./mountedFolders.ts";

/** An object of the cluster, as far as its kind's fields matter here. */
export interface LiveObject<Spec> {
  metadata: { name: string; namespace: string };
  spec: Spec;
}

/** The container of a pod, as far as injection looks at it. */
export interface LiveContainer {
  name: string;
  image: string;
  env?: EnvVar[];
  volumeMounts?: { name: string; mountPath: string }[];
}

/** A volume of a pod that holds keys of a ConfigMap. */
interface LiveVolume {
  name: string;
  configMap?: { name: string; items: { key: string; path: string }[] };
}

/** What a Deployment's pods are made from. */
export interface DeploymentSpec {
  template: {
    metadata: { annotations?: Record<string, string> };
    spec: { containers: LiveContainer[]; volumes?: LiveVolume[] };
  };
}

/** Languages of which it is known here what the operator injects. */
export type InjectedLanguage = "python" | "nodejs" | "java";

/** `spec` of an Instrumentation, as far as a language is concerned. */
export type Injection<Language extends InjectedLanguage = InjectedLanguage> = Pick<
  InstrumentationSpec,
  "exporter" | "propagators" | "sampler" | Language
>;

/** A Service, as far as a ServiceMonitor looks at it. */
export interface LiveService {
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
  spec: { ports: { name?: string; port: number }[] };
}

/** What the second team's stack made and that its API is started and scraped from. */
export interface TeamApiObjects {
  deployment: LiveObject<DeploymentSpec>;
  /** What its pods mount from ConfigMaps. */
  mounted: MountedFolder[];
  service: LiveService;
  /** The ServiceMonitors in its namespace. */
  monitors: LiveObject<ServiceMonitorSpec>[];
}

/** The objects that the stack made and that the local programs are configured from. */
export interface LiveObjects {
  collector: LiveObject<OpenTelemetryCollectorSpec>;
  /** Missing where the stack does not sample traces as a whole. */
  tailSampler?: LiveObject<OpenTelemetryCollectorSpec>;
  jaeger: LiveObject<OpenTelemetryCollectorSpec>;
  prometheus: LiveObject<PrometheusSpec>;
  /** The stack's own ServiceMonitors. */
  monitors: LiveObject<ServiceMonitorSpec>[];
  /** Rule files that the operator made for Prometheus: their text by file name. */
  rules: Record<string, string>;
  alertmanager: LiveObject<AlertmanagerSpec>;
  /** The configuration that the operator made for Alertmanager; secret. */
  alertmanagerConfig: string;
  /** Missing where the stack makes no store of logs. */
  logs?: LiveObject<LogStoreSpec>;
  /** Missing where the stack has no agent on its nodes. */
  logAgent?: LiveObject<OpenTelemetryCollectorSpec>;
  instrumentation: LiveObject<Injection>;
  deployment: LiveObject<DeploymentSpec>;
  /** What its pods mount from ConfigMaps. */
  mounted: MountedFolder[];
  /** Missing when the second team's stack is not in the cluster. */
  ordersApi?: TeamApiObjects;
}

const platform: string = namespaces.observability;

/**
 * Reads the objects from the cluster.
 *
 * @throws UserError when one is missing; the message says what to do.
 */
export async function readLiveObjects(client: Pick<KubeClient, "get" | "list">): Promise<LiveObjects> {
  const get = async <Spec>(kind: string, name: string, where = platform) => {
    const apiVersion = kind in apiVersions ? apiVersions[kind as keyof typeof apiVersions] : "apps/v1";
    return (await client.get({ apiVersion, kind, name, namespace: where })) as LiveObject<Spec> | undefined;
  };
  const find = async <Spec>(
    kind: string,
    name: string,
    hint = 'run "npm run sandbox -- up" first',
    where = platform,
  ) => {
    const object = await get<Spec>(kind, name, where);
    if (object === undefined) throw new UserError(`the cluster has no ${kind} "${where}/${name}": ${hint}`);
    return object;
  };
  const prometheus = await find<PrometheusSpec>("Prometheus", resources.prometheus);
  const alertmanager = await find<AlertmanagerSpec>("Alertmanager", resources.alertmanager);
  const deployment = await find<DeploymentSpec>(
    "Deployment",
    resources.sampleApi,
    'local telemetry runs the sample API: run "up" with the setting parts.sampleApi true',
    namespaces.sampleApi,
  );
  const collector = "OpenTelemetryCollector";
  const logs = await get<LogStoreSpec>("StatefulSet", resources.logs);
  const logAgent = await get<OpenTelemetryCollectorSpec>(collector, resources.logAgent, namespaces.nodeAgents);
  const tailSampler = await get<OpenTelemetryCollectorSpec>(collector, resources.tailSampler);
  const ordersApi = await readTeamApi(client);
  return {
    collector: await find(collector, resources.collector),
    jaeger: await find(
      collector,
      resources.jaeger,
      'local telemetry needs Jaeger v2: run "up" with the settings jaegerEngine "v2" and parts.jaeger true',
    ),
    prometheus,
    monitors: await readMonitors(client, platform),
    rules: await readRuleFiles(client, prometheus.metadata),
    alertmanager,
    alertmanagerConfig: await readAlertmanagerConfig(client, alertmanager.metadata),
    instrumentation: await find("Instrumentation", resources.instrumentation),
    deployment,
    mounted: await readMountedFolders(client, deployment),
    ...(logs === undefined ? {} : { logs }),
    ...(logAgent === undefined ? {} : { logAgent }),
    ...(tailSampler === undefined ? {} : { tailSampler }),
    ...(ordersApi === undefined ? {} : { ordersApi }),
  };
}

function readMountedFolders(client: Pick<KubeClient, "get">, deployment: LiveObject<DeploymentSpec>) {
  const configMap = { apiVersion: "v1", kind: "ConfigMap", namespace: deployment.metadata.namespace };
  return mountedFolders(
    deployment,
    async (name) => (await client.get({ ...configMap, name }))?.data as Record<string, string> | undefined,
  );
}

async function readMonitors(
  client: Pick<KubeClient, "list">,
  where: string,
): Promise<LiveObject<ServiceMonitorSpec>[]> {
  const monitors = await client.list(apiVersions.ServiceMonitor, "ServiceMonitor", where);
  return monitors as unknown as LiveObject<ServiceMonitorSpec>[];
}

/** What the second team's stack has made; undefined when it is not in the cluster, or only in part. */
async function readTeamApi(client: Pick<KubeClient, "get" | "list">): Promise<TeamApiObjects | undefined> {
  const { name } = teamApi;
  const found = await client.get({ apiVersion: "apps/v1", kind: "Deployment", name, namespace });
  const service = (await client.get({ apiVersion: "v1", kind: "Service", name, namespace })) as LiveService | undefined;
  if (found === undefined || service === undefined) return undefined;
  const deployment = found as unknown as LiveObject<DeploymentSpec>;
  const mounted = await readMountedFolders(client, deployment);
  return { deployment, service, monitors: await readMonitors(client, namespace), mounted };
}

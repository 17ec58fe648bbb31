import path from "node:path";
import { dump } from "js-yaml";
import type { EnvVar } from "../../components/customResources/common.ts";
import type { CollectorConfig, OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { ports, sampleApiSitePackages } from "../../catalog/names.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import type { ToolName } from "../programs/catalog.ts";
import { listeningPorts, localCollectorConfig, loopbackCollector } from "./collectorConfig.ts";
import { localJaegerConfig } from "./jaegerConfig.ts";
import type { DeploymentSpec, LiveObject, LiveObjects } from "./liveObjects.ts";
import type { LocalContainer } from "./containerRuntime.ts";
import { logPrograms } from "./logPrograms.ts";
import { firstContainer, packagesMountPath } from "./injection.ts";
import { localEnvironment, localPodName } from "./localEnvironment.ts";
import { localVersion } from "./localVersion.ts";
import { type LocalPorts, localPort } from "./loopback.ts";
import { ordersApi as ordersApiInCluster } from "../../stacks/team-api/ordersApi.ts";
import { ordersApi } from "./ordersApi.ts";
import { localFolders } from "./mountedFolders.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { victoriaLogs } from "./victoriaLogs.ts";
import { localPrometheus } from "./prometheusConfig.ts";
import type { PythonEnvironment } from "./python.ts";

/** The programs that the data path is made of. */
export const telemetryTools = [
  "otelcol",
  "jaeger",
  "alertmanager",
  "prometheus",
  "victoria-logs",
] as const satisfies ToolName[];

/** What the programs are made from. */
export interface ProgramInputs {
  objects: LiveObjects;
  ports: LocalPorts;
  tools: Record<(typeof telemetryTools)[number], string>;
  python: PythonEnvironment;
  /** Folder of the packages for Node.js, when the second team's API is in the cluster. */
  nodePackages?: string;
  /** Folder of the project. */
  project: string;
  /** State folder of the telemetry programs. */
  folder: string;
}

/** The programs in the order in which they are started: each finds running what it sends to. */
export function telemetryPrograms(inputs: ProgramInputs): Program[] {
  const { objects, nodePackages: packages } = inputs;
  const ofTeam = objects.ordersApi;
  return [
    ...[
      jaeger(inputs),
      ...logStore(inputs),
      ...tailSampler(inputs),
      collector(inputs),
      alertmanager(inputs),
      prometheus(inputs),
      upstream(inputs),
      ...readers(inputs),
      sampleApi(inputs),
    ],
    ...(ofTeam !== undefined && packages !== undefined ? [ordersApi(inputs, ofTeam, packages)] : []),
  ];
}

/** None where the stack makes none. */
function logStore({ objects, ports: local, tools, project, folder }: ProgramInputs): Program[] {
  const { logs: store } = objects;
  return store === undefined
    ? []
    : [victoriaLogs({ store, tool: tools["victoria-logs"], port: local.logs, project, folder })];
}

/** What brings the APIs' log lines to the store, where the stack has both. */
function readers({ objects, ports: local, tools, project, folder }: ProgramInputs): Program[] {
  const { logs: store, logAgent: agent, deployment, ordersApi: ofTeam } = objects;
  if (store === undefined || agent === undefined) return [];
  const container = ({ metadata, spec }: LiveObject<DeploymentSpec>): LocalContainer => ({
    namespace: metadata.namespace,
    pod: localPodName(metadata.name),
    container: firstContainer({ metadata, spec }).name,
  });
  const containers = {
    "python-api": container(deployment),
    ...(ofTeam === undefined ? {} : { [ordersApiInCluster.name]: container(ofTeam.deployment) }),
  };
  return logPrograms({ agent, containers, tool: tools.otelcol, ports: local, project, folder });
}

/** What the operator runs for an OpenTelemetryCollector, with a configuration for this machine. */
function collectorProgram(
  name: string,
  { spec }: LiveObject<OpenTelemetryCollectorSpec>,
  config: CollectorConfig,
  { tools, project, folder }: ProgramInputs,
) {
  const [tool, title] = name === "jaeger" ? (["jaeger", "Jaeger"] as const) : (["otelcol", "collector"] as const);
  return {
    name,
    command: tools[tool],
    args: ["--config", path.join(folder, `${name}.yaml`)],
    env: literalValues(spec.env),
    files: { [`${name}.yaml`]: dump(config) },
    ports: listeningPorts(config),
    versions: localVersion(tool, title, spec.image, project),
  };
}

export function jaeger(inputs: ProgramInputs): Program {
  const { objects, ports: local, folder } = inputs;
  const config = localJaegerConfig(objects.jaeger, local, path.join(folder, "jaeger"));
  const url = `http://127.0.0.1:${localPort(local.jaeger, ports.jaegerQuery)}`;
  return { ...collectorProgram("jaeger", objects.jaeger, config, inputs), ready: [`${url}/api/services`], url };
}

/** None where the stack does not sample traces as a whole. */
export function tailSampler(inputs: ProgramInputs): Program[] {
  const { objects, ports: local } = inputs;
  if (objects.tailSampler === undefined) return [];
  const config = loopbackCollector(objects.tailSampler, local.tailSampler, local);
  const ready = [`http://127.0.0.1:${localPort(local.tailSampler, healthPort)}`];
  return [{ ...collectorProgram("tail-sampler", objects.tailSampler, config, inputs), ready, url: "" }];
}

export function collector(inputs: ProgramInputs): Program {
  const { objects, ports: local } = inputs;
  const config = localCollectorConfig(objects.collector, local);
  const port = (inCluster: number) => localPort(local.collector, inCluster);
  return {
    ...collectorProgram("collector", objects.collector, config, inputs),
    ready: [ports.collectorSelf, ports.collectorHistograms].map((each) => `http://127.0.0.1:${port(each)}/metrics`),
    url: `http://127.0.0.1:${port(ports.otlpHttp)}`,
  };
}

/** The variables of a custom resource that have their value in it; no Secret is read for a local program. */
function literalValues(env: EnvVar[] = []): Record<string, string> {
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

export function alertmanager({ objects, ports: local, tools, project, folder }: ProgramInputs): Program {
  const url = `http://127.0.0.1:${local.alertmanager}`;
  return {
    name: "alertmanager",
    command: tools.alertmanager,
    args: [
      `--config.file=${path.join(folder, "alertmanager.yaml")}`,
      `--storage.path=${path.join(folder, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${local.alertmanager}`,
      // It is alone: no others to agree with.
      "--cluster.listen-address=",
    ],
    env: {},
    files: { "alertmanager.yaml": objects.alertmanagerConfig },
    ports: [local.alertmanager],
    ready: [`${url}/-/ready`],
    url,
    versions: localVersion("alertmanager", "Alertmanager", objects.alertmanager.spec.image, project),
  };
}

export function prometheus({ objects, ports: local, tools, project, folder }: ProgramInputs): Program {
  const { config, rules, args } = localPrometheus(objects, local, path.join(folder, "prometheus"));
  const url = `http://127.0.0.1:${local.prometheus}`;
  return {
    name: "prometheus",
    command: tools.prometheus,
    args: [`--config.file=${path.join(folder, "prometheus.yaml")}`, ...args],
    env: {},
    files: { "prometheus.yaml": dump(config), ...rules },
    ports: [local.prometheus],
    ready: [`${url}/-/ready`],
    url,
    versions: localVersion("prometheus", "Prometheus", objects.prometheus.spec.image, project),
  };
}

export function upstream({ ports: local, project }: ProgramInputs): Program {
  return {
    name: "upstream",
    command: process.execPath,
    args: ["--import", "./runTypeScript.mjs", "sandbox/telemetry/upstreamServer.ts", String(local.upstream)],
    env: {},
    cwd: project,
    files: {},
    ports: [local.upstream],
    ready: [`http://127.0.0.1:${local.upstream}/healthz`],
    url: "",
  };
}

/** The sample API as its image runs it, with the environment that the operator would inject into its pod. */
export function sampleApi(inputs: ProgramInputs): Program {
  const { objects, ports: local, python, project, folder } = inputs;
  const { files, places } = localFolders(objects.mounted, "python-api", folder);
  const url = `http://127.0.0.1:${local.app}`;
  return {
    name: "python-api",
    command: python.python,
    // Not `-m uvicorn`: the click instrumentation makes a span of every command not called `uvicorn`, and all requests
    // would be in that one trace.
    args: [
      ...[path.join(path.dirname(python.python), "uvicorn"), "python_api.main:app"],
      ...["--host", "127.0.0.1", "--port", String(local.app)],
    ],
    // As in the image: no compiled files next to the sources.
    env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1", ...sampleApiEnvironment(inputs, places) },
    cwd: path.join(project, "apps/python-api"),
    files,
    ports: [local.app],
    ready: [`${url}/healthz`],
    url,
  };
}

function sampleApiEnvironment(
  { objects, ports: local, python }: ProgramInputs,
  mounted: Readonly<Record<string, string>>,
): Record<string, string> {
  const { instrumentation, deployment } = objects;
  const places = {
    ...mounted,
    [packagesMountPath("python", firstContainer(deployment).name)]: python.packages,
    [sampleApiSitePackages]: python.sitePackages,
  };
  const values = localEnvironment({ language: "python", instrumentation, deployment, ports: local, places });
  // Nothing of this leaves the machine: the upstream's place is taken by a local one.
  return { ...values, UPSTREAM_URL: localUpstreamUrl(values.UPSTREAM_URL, local) };
}

/** The live upstream's URL at the local upstream. */
export function localUpstreamUrl(live: string | undefined, local: LocalPorts): string {
  const { pathname } = new URL(live ?? "/", "http://upstream");
  return `http://127.0.0.1:${local.upstream}${pathname}`;
}

import { dump } from "js-yaml";
import type { CollectorConfig, OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { namespaces, ports, resources } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import { logAgentSpec } from "../../components/telemetry/logAgent.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import { logsTarget } from "../../components/telemetry/logsExporter.ts";
import { nodeVariable } from "../../components/telemetry/podIdentity.ts";
import { agentArguments, localAgentConfig } from "../../sandbox/telemetry/logAgent.ts";
import { type LocalPorts, localPort } from "../../sandbox/telemetry/loopback.ts";
import { byKubeconfig, kubeconfig } from "./apiServer.ts";
import { withoutFolder, withoutLines } from "./logAgentParts.ts";
import type { LogPods } from "./logLoad.ts";
import { nodeName } from "./nodeApi.ts";

/** An agent to measure. */
export interface MeasuredAgent {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Files that it reads, by their names in its folder. */
  readonly files: Readonly<Record<string, string>>;
  /** An answer says that it runs. */
  readonly ready: string;
}

/** What agents are made from. */
export interface AgentInputs {
  readonly settings: Settings;
  readonly tools: Readonly<Record<"otelcol" | "vlagent", string>>;
  readonly pods: LogPods;
  /** An empty folder of its own. */
  readonly folder: string;
  /** Where it listens, and where the store does. */
  readonly local: LocalPorts;
  /** URL of the API server. */
  readonly api: string;
}

/** Each agent that is measured, by its name. */
export const agents = {
  plain: (inputs: AgentInputs) => collector(inputs, plainConfig(inputs), []),
  agent: (inputs: AgentInputs) => own(inputs, ownConfig(inputs)),
  kept: (inputs: AgentInputs) => own(inputs, withoutLines(ownConfig(inputs))),
  sent: (inputs: AgentInputs) => own(inputs, withoutFolder(withoutLines(ownConfig(inputs)))),
  vlagent,
} as const;

/** What everybody would write: the receiver, its operator for containers, a batch, and upstream's defaults for the rest. */
function plainConfig({ pods, local }: AgentInputs): CollectorConfig {
  const prometheus = { host: "127.0.0.1", port: localPort(local.collector, ports.collectorSelf) };
  return {
    extensions: { health_check: { endpoint: `127.0.0.1:${localPort(local.collector, healthPort)}` } },
    receivers: {
      file_log: {
        include: [`${pods.pods}/*/*/*.log`],
        start_at: "beginning",
        include_file_path: true,
        include_file_name: false,
        operators: [{ type: "container" }],
      },
    },
    processors: { batch: {} },
    exporters: {
      otlp_http: {
        logs_endpoint: `http://127.0.0.1:${local.logs}/insert/opentelemetry/v1/logs`,
        compression: "gzip",
        headers: { "VL-Stream-Fields": "k8s.namespace.name,k8s.pod.name,k8s.container.name" },
      },
    },
    service: {
      extensions: ["health_check"],
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus } } }] } },
      pipelines: { logs: { receivers: ["file_log"], processors: ["batch"], exporters: ["otlp_http"] } },
    },
  };
}

function ownSpec({ settings }: AgentInputs): OpenTelemetryCollectorSpec {
  const target = logsTarget(settings);
  if (target === undefined) throw new Error("these settings have no logs");
  return logAgentSpec({ settings, target });
}

/** The stack's own, with all that it does. */
function ownConfig(inputs: AgentInputs): CollectorConfig {
  const { pods, folder, local } = inputs;
  const metadata = { name: resources.logAgent, namespace: namespaces.nodeAgents };
  const folders = { pods: pods.pods, state: folder };
  return byKubeconfig(localAgentConfig({ metadata, spec: ownSpec(inputs) }, local.collector, local, folders));
}

function own(inputs: AgentInputs, config: CollectorConfig): MeasuredAgent {
  return collector(inputs, config, agentArguments(ownSpec(inputs)));
}

/** All get the memory that the stack's own may use. */
function collector(inputs: AgentInputs, config: CollectorConfig, args: readonly string[]): MeasuredAgent {
  const { tools, folder, local, api } = inputs;
  const variables = (ownSpec(inputs).env ?? []).flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    command: tools.otelcol,
    args: [...args, "--config", `${folder}/agent.yaml`],
    env: {
      ...(Object.fromEntries(variables) as Record<string, string>),
      KUBECONFIG: `${folder}/kubeconfig`,
      [nodeVariable]: nodeName,
    },
    files: { "agent.yaml": dump(config, { lineWidth: -1 }), kubeconfig: dump(kubeconfig(api)) },
    ready: `http://127.0.0.1:${localPort(local.collector, healthPort)}`,
  };
}

/** VictoriaLogs' own, which says of each line whose pod it is, and does nothing else to it. */
function vlagent({ tools, pods, folder, local, api }: AgentInputs): MeasuredAgent {
  const listener = `127.0.0.1:${localPort(local.collector, ports.collectorSelf)}`;
  return {
    command: tools.vlagent,
    args: [
      `-remoteWrite.url=http://127.0.0.1:${local.logs}/insert/native`,
      `-remoteWrite.tmpDataPath=${folder}/queue`,
      "-kubernetesCollector",
      `-kubernetesCollector.logsPath=${pods.containers}`,
      `-kubernetesCollector.checkpointsPath=${folder}/checkpoints.json`,
      `-httpListenAddr=${listener}`,
    ],
    env: { KUBECONFIG: `${folder}/kubeconfig` },
    files: { kubeconfig: dump(kubeconfig(api)) },
    ready: `http://${listener}/metrics`,
  };
}

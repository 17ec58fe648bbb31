import path from "node:path";
import { dump } from "js-yaml";
import type { OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { ports } from "../../catalog/names.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { listeningPorts, withoutPods } from "./collectorConfig.ts";
import { type LocalContainer, runtimeFile } from "./containerRuntime.ts";
import type { LiveObject } from "./liveObjects.ts";
import { agentArguments, localAgentConfig } from "./logAgent.ts";
import { localVersion } from "./localVersion.ts";
import { type LocalPorts, localPort } from "./loopback.ts";

/** What the programs that bring log lines to the store are made from. */
export interface LogProgramInputs {
  readonly agent: LiveObject<OpenTelemetryCollectorSpec>;
  /** Those whose lines are wanted, by the names of their programs. */
  readonly containers: Readonly<Record<string, LocalContainer>>;
  /** Path of the collector. */
  readonly tool: string;
  readonly ports: LocalPorts;
  /** Folder of the project. */
  readonly project: string;
  /** State folder of the telemetry programs. */
  readonly folder: string;
}

/** What stands for the container runtime, and the live agent that reads its files. */
export function logPrograms(inputs: LogProgramInputs): Program[] {
  return [containerRuntime(inputs), logAgent(inputs)];
}

function containerRuntime({ containers, project, folder }: LogProgramInputs): Program {
  const pairs = Object.entries(containers).flatMap(([program, container]) => [
    path.join(folder, "logs", `${program}.log`),
    runtimeFile(podsFolder(folder), container),
  ]);
  return {
    name: "container-runtime",
    command: process.execPath,
    args: ["--import", "./runTypeScript.mjs", "sandbox/telemetry/containerRuntime.ts", ...pairs],
    env: {},
    cwd: project,
    files: {},
    ports: [],
    ready: [],
    url: "",
  };
}

function logAgent({ agent, tool, ports: local, project, folder }: LogProgramInputs): Program {
  const folders = { pods: podsFolder(folder), state: path.join(folder, "log-agent") };
  // The programs of this machine are no pods: whose lines they are says their file.
  const config = withoutPods(localAgentConfig(agent, local.logAgent, local, folders));
  return {
    name: "log-agent",
    command: tool,
    args: [...agentArguments(agent.spec), "--config", path.join(folder, "log-agent.yaml")],
    env: {},
    // The second makes its folder.
    files: { "log-agent.yaml": dump(config, { lineWidth: -1 }), "log-agent/README": "What the agent remembers.\n" },
    ports: listeningPorts(config),
    ready: [
      `http://127.0.0.1:${localPort(local.logAgent, healthPort)}`,
      `http://127.0.0.1:${localPort(local.logAgent, ports.collectorLogRecords)}/metrics`,
    ],
    url: "",
    versions: localVersion("otelcol", "collector", agent.spec.image, project),
  };
}

function podsFolder(folder: string): string {
  return path.join(folder, "pods");
}

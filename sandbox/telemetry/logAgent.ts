import type { CollectorConfig, OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { podLogs, stateFolder } from "../../components/telemetry/logAgentConfig.ts";
import { loopbackCollector } from "./collectorConfig.ts";
import type { LiveObject } from "./liveObjects.ts";
import type { LocalPorts, PortMap } from "./loopback.ts";

/** Where an agent of this machine has what it has on a node. */
export interface AgentFolders {
  /** The files of all pods, as `/var/log/pods`. */
  readonly pods: string;
  /** What it remembers. */
  readonly state: string;
}

/**
 * The live agent's configuration for this machine.
 *
 * @param ports loopback ports of what it listens on
 * @param local where it finds the store
 */
export function localAgentConfig(
  agent: LiveObject<OpenTelemetryCollectorSpec>,
  ports: PortMap,
  local: LocalPorts,
  folders: AgentFolders,
): CollectorConfig {
  return inFolders(loopbackCollector(agent, ports, local), folders) as CollectorConfig;
}

/** The arguments that the operator would give it besides its configuration. */
export function agentArguments({ args = {} }: Pick<OpenTelemetryCollectorSpec, "args">): string[] {
  return Object.entries(args).map(([name, value]) => `--${name}=${value}`);
}

function inFolders(value: unknown, folders: AgentFolders): unknown {
  if (typeof value === "string") return value.replaceAll(podLogs, folders.pods).replaceAll(stateFolder, folders.state);
  if (Array.isArray(value)) return value.map((item) => inFolders(item, folders));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inFolders(item, folders)]));
}

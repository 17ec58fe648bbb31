import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "../../cli/daemons/program.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { logStoreArgs } from "../../components/backends/logs.ts";
import type { LocalPorts } from "../../sandbox/telemetry/loopback.ts";
import { localArgs } from "../../sandbox/telemetry/victoriaLogs.ts";
import { parseSettings } from "../../settings/read.ts";
import { agents } from "./logAgents.ts";
import { createLogFiles, type LogPods, writeLogs } from "./logLoad.ts";
import { MemoryWatch } from "./memory.ts";
import { serveNode } from "./nodeApi.ts";
import { processorSeconds } from "./processFigures.ts";

/** What VictoriaLogs takes for lines that come by way of an agent. */
export interface LogStoreFigures {
  /** Lines a second. */
  readonly rate: number;
  /** MiB at the most. */
  readonly peak: number;
  /** Seconds of a processor for 10,000 lines. */
  readonly cpu: number;
}

/** Where it runs. */
export interface LogStoreArgs {
  readonly tools: Readonly<Record<"otelcol" | "vlagent" | "victoria-logs", string>>;
  readonly local: LocalPorts;
  /** A folder of its own. */
  readonly folder: string;
}

const rate = 10_000;
const seconds = 40;

/** Has an agent send lines of ten pods for some time, and looks at the store. */
export async function measureLogStore({ tools, local, folder }: LogStoreArgs): Promise<LogStoreFigures> {
  const settings = parseSettings({});
  const pods: LogPods = {
    names: Array.from({ length: 10 }, (_, pod) => `sizing-${pod}`),
    ...{ namespace: "shop", container: "app" },
    ...{ pods: path.join(folder, "pods"), containers: path.join(folder, "containers") },
  };
  createLogFiles(pods);
  const api = await serveNode(() => pods);
  try {
    const { ready, ...agent } = agents.agent({ settings, tools, pods, folder, local, api: api.url });
    const url = `http://127.0.0.1:${local.logs}`;
    const store: Program = {
      name: "victoria-logs",
      command: tools["victoria-logs"],
      args: localArgs(logStoreArgs(settings.logs), path.join(folder, "store"), local.logs),
      ...{ env: {}, files: {}, ports: [local.logs], ready: [`${url}/health`], url },
    };
    const reader: Program = {
      name: "agent",
      ...{ command: agent.command, args: [...agent.args], env: { ...agent.env }, files: { ...agent.files } },
      ...{ ports: [], ready: [ready], url: "" },
    };
    await startPrograms([store, reader], folder, silentReport);
    const pid = readRecords(folder).find(({ name }) => name === store.name)?.pid ?? 0;
    const before = processorSeconds(pid);
    const watch = new MemoryWatch(pid);
    const written = await writeLogs(pods, "sizing", rate, seconds);
    // What was read last is on its way.
    await sleep(5000);
    watch.end();
    const cpu = ((processorSeconds(pid) - before) / written) * 10_000;
    return { rate: written / seconds, peak: watch.peak, cpu };
  } finally {
    await stopPrograms(folder, silentReport);
    api.server.close();
    api.server.closeAllConnections();
  }
}

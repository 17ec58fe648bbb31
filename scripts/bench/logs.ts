import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { poll } from "../../cli/poll.ts";
import { createReport } from "../../cli/report.ts";
import { logStoreArgs } from "../../components/backends/logs.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { type LocalPorts, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { localArgs } from "../../sandbox/telemetry/victoriaLogs.ts";
import { parseSettings } from "../../settings/read.ts";
import { answering, end } from "./childProcess.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { type AgentInputs, agents } from "./logAgents.ts";
import { createLogFiles, type LogPods, writeLogs } from "./logLoad.ts";
import { type AgentFigures, type AgentRound, agentTable } from "./logsTable.ts";
import { peakMemory } from "./memory.ts";
import { serveNode } from "./nodeApi.ts";
import { processorSeconds } from "./processFigures.ts";
import { inTurn } from "./turns.ts";

/**
 * What an agent of a node costs at 10,000 lines a second, in turns on files of the same lines: what everybody would write of the
 * Collector's parts, the stack's own, less and less of that, and vlagent.
 */

const firstPort = 17_940;
const RATE = 10_000;
/** Seconds of lines in a turn. */
const TURN_SECONDS = 10;
const PODS = 10;

const names = {
  plain: "`file_log`, `container`, `batch`, `otlp_http` with gzip",
  agent: "the agent",
  kept: "of the agent: lines read and sent as they are, by way of its queue on disk",
  sent: "of the agent: lines read and sent as they are, nothing on disk",
  vlagent: "vlagent",
} satisfies Record<keyof typeof agents, string>;

/**
 * @param rounds how often each is measured
 * @param write put the table into docs/decisions.md
 */
export async function benchLogs(rounds: number, write: boolean): Promise<Findings> {
  const paths = sandboxPaths();
  const tools = await ensureTools(["otelcol", "vlagent", "victoria-logs"], paths, createReport());
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-bench-"));
  const settings = parseSettings({});
  const local = portsFrom(firstPort);
  let pods: LogPods = podsOf(folder, "none");
  const api = await serveNode(() => pods);
  const running = new Set<ChildProcess>();
  const start = (command: string, args: readonly string[], env: Readonly<Record<string, string>>, log: string) => {
    const output = openSync(log, "w");
    const child = spawn(command, args, {
      env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
      stdio: ["ignore", output, output],
    });
    running.add(child);
    return child;
  };
  const cleanUp = cleanUpOnce(async () => {
    for (const child of running) await end(child);
    api.server.close();
    api.server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const storeArgs = localArgs(logStoreArgs(settings.logs), path.join(folder, "store"), local.logs);
    start(tools["victoria-logs"], storeArgs, {}, path.join(folder, "store.log"));
    await answering(`http://127.0.0.1:${local.logs}/health`);
    const found: AgentRound[] = [];
    for (let round = 0; round <= rounds; round++) {
      const inRound: Record<string, AgentFigures> = {};
      for (const name of inTurn(Object.keys(agents) as (keyof typeof agents)[], round)) {
        const mark = `turn${round}${name}`;
        pods = podsOf(path.join(folder, mark), mark);
        const own = path.join(folder, mark, "agent");
        mkdirSync(own, { recursive: true });
        createLogFiles(pods);
        const inputs: AgentInputs = { settings, tools, pods, folder: own, local, api: api.url };
        const { command, args, env, files, ready } = agents[name](inputs);
        for (const [file, text] of Object.entries(files)) writeFileSync(path.join(own, file), text);
        const child = start(command, args, env, path.join(folder, mark, "log"));
        await answering(ready);
        inRound[name] = await measure(child.pid ?? 0, pods, mark, local);
        await end(child);
        running.delete(child);
      }
      // The first round warms up.
      if (round > 0) found.push(inRound);
    }
    const table = agentTable(names, found);
    if (write) writeBlock(path.join(paths.project, "docs/decisions.md"), "log-agents", table);
    return { text: table, json: { rounds: found } };
  } finally {
    await cleanUp();
  }
}

function podsOf(folder: string, mark: string): LogPods {
  return {
    names: Array.from({ length: PODS }, (_, at) => `${mark}-${at}`),
    ...{ namespace: "bench", container: "app" },
    pods: path.join(folder, "pods"),
    containers: path.join(folder, "containers"),
  };
}

async function measure(pid: number, pods: LogPods, mark: string, local: LocalPorts): Promise<AgentFigures> {
  // What a start costs is not what a line costs.
  await sleep(2000);
  const before = processorSeconds(pid);
  const written = await writeLogs(pods, mark, RATE, TURN_SECONDS);
  let stored = 0;
  const isStored = async () => (stored = await count(local, mark)) === written;
  if (!(await poll(isStored, 60_000, 500))) throw new Error(`${mark}: of ${written} lines ${stored} are in the store`);
  return { cpu: ((processorSeconds(pid) - before) * 10_000) / written, memory: peakMemory(pid) ?? 0 };
}

async function count(local: LocalPorts, mark: string): Promise<number> {
  const query = new URLSearchParams({ query: `${mark} | stats count() lines` });
  const answer = await fetch(`http://127.0.0.1:${local.logs}/select/logsql/query?${query.toString()}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return Number((JSON.parse(text) as { lines: string }).lines);
}

import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { poll } from "../../cli/poll.ts";
import { createReport } from "../../cli/report.ts";
import { logStoreArgs } from "../../components/backends/logs.ts";
import { nodejsEnvironment, pythonEnvironment } from "../../review/injection/environments.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { ensurePython, findPython } from "../../sandbox/telemetry/python.ts";
import { localArgs } from "../../sandbox/telemetry/victoriaLogs.ts";
import { parseSettings } from "../../settings/read.ts";
import { answering, end } from "./childProcess.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { collectorMetric } from "./collectorMetrics.ts";
import { agents } from "./logAgents.ts";
import { createLogFiles, logFile, type LogPods } from "./logLoad.ts";
import { type LogVolume, volumeTable } from "./logVolumeTable.ts";
import { serveNode } from "./nodeApi.ts";
import { type PrintedLine, printedLines, type PrintingServer } from "./printedLines.ts";

/**
 * What log lines cost on the disk of VictoriaLogs: those that this project's applications print, through the stack's agent, by the store's
 * own figures.
 */

const firstPort = 17_940;

/**
 * @param requests that each application is sent
 * @param write put the table into docs/logs.md
 */
export async function benchLogVolume(requests: number, write: boolean): Promise<Findings> {
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-bench-"));
  const running = new Set<ChildProcess>();
  const cleanUp = cleanUpOnce(async () => {
    for (const child of running) await end(child);
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const volumes: LogVolume[] = [];
    for (const [at, server] of (await servers(folder)).entries()) {
      const lines = await printedLines(server, requests);
      const stored = await bytesOf(lines, path.join(folder, `store${at}`), running);
      const printed = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
      volumes.push({ name: server.name, requests, lines: lines.length, printed, stored });
    }
    const table = volumeTable(volumes);
    if (write) writeBlock(path.join(sandboxPaths().project, "docs/logs.md"), "log-volume", table);
    return { text: table, json: { volumes } };
  } finally {
    await cleanUp();
  }
}

/** Applications with an access log, with tracebacks, and with JSON. orders-api prints nothing of a request. */
async function servers(folder: string): Promise<PrintingServer[]> {
  const [paths, report] = [sandboxPaths(), createReport()];
  const { python } = await ensurePython(paths, report);
  const failing = await pythonEnvironment("web", await findPython(), paths, report);
  const nodejs = await nodejsEnvironment(path.join(folder, "nodejs"), paths, report);
  const uvicorn = ["--host", "127.0.0.1", "--port", "$PORT"];
  const env = { PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" };
  return [
    {
      name: "python-api: uvicorn's access log",
      command: [python, path.join(path.dirname(python), "uvicorn"), "python_api.main:app", ...uvicorn],
      cwd: path.join(paths.project, "apps/python-api"),
      env: { ...env, UPSTREAM_URL: "http://127.0.0.1:1/" },
      path: (request) => (request % 20 === 0 ? "/healthz" : `/items/${request}?q=${(request * 7919) % 1000}`),
    },
    {
      name: "FastAPI of which a request in 20 fails: access log and tracebacks",
      command: [failing.runtime, failing.program("uvicorn"), "fastapi_app:app", ...uvicorn],
      cwd: failing.folder,
      env,
      path: (request) => (request % 20 === 19 ? "/boom" : `/ok?id=${(request * 7919) % 100_000}`),
    },
    {
      name: "Fastify: pino's JSON, two lines a request",
      command: [nodejs.runtime, "fastify.js"],
      cwd: nodejs.folder,
      env: { NODE_ENV: "production" },
      path: (request) => `/ok?id=${(request * 7919) % 100_000}`,
    },
  ];
}

/** Brings lines through the agent to an empty store, and asks that how many bytes it has of them, its index included. */
async function bytesOf(lines: readonly PrintedLine[], folder: string, running: Set<ChildProcess>): Promise<number> {
  const tools = await ensureTools(["otelcol", "vlagent", "victoria-logs"], sandboxPaths(), createReport());
  const [settings, local] = [parseSettings({}), portsFrom(firstPort)];
  const pods: LogPods = {
    ...{ names: ["till"], namespace: "shop", container: "app" },
    ...{ pods: path.join(folder, "pods"), containers: path.join(folder, "containers") },
  };
  const own = path.join(folder, "agent");
  mkdirSync(own, { recursive: true });
  createLogFiles(pods);
  const api = await serveNode(() => pods);
  const start = (command: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
    const output = openSync(path.join(folder, "log"), "a");
    const child = spawn(command, args, {
      env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
      stdio: ["ignore", output, output],
    });
    running.add(child);
    return child;
  };
  const store = `http://127.0.0.1:${local.logs}`;
  const children = [
    start(tools["victoria-logs"], localArgs(logStoreArgs(settings.logs), path.join(folder, "store"), local.logs), {}),
  ];
  try {
    await answering(`${store}/health`);
    const agent = agents.agent({ settings, tools, pods, folder: own, local, api: api.url });
    for (const [file, text] of Object.entries(agent.files)) writeFileSync(path.join(own, file), text);
    children.push(start(agent.command, agent.args, agent.env));
    await answering(agent.ready);
    const file = lines.map(({ stream, text, time }) => `${runtimeTime(time)} ${stream} F ${text}\n`);
    appendFileSync(logFile(pods, "till"), file.join(""));
    await settled(store);
    for (const job of ["force_flush", "force_merge"]) await fetch(`${store}/internal/${job}`);
    return await collectorMetric(store, "vl_data_size_bytes");
  } finally {
    for (const child of children) {
      await end(child);
      running.delete(child);
    }
    api.server.close();
    api.server.closeAllConnections();
  }
}

/** Nanoseconds, as the runtime has them: of lines in the same millisecond each is later. */
let nanoseconds = 0;
function runtimeTime(time: number): string {
  nanoseconds = (nanoseconds + 104_729) % 1_000_000;
  return new Date(time).toISOString().replace("Z", `${String(nanoseconds).padStart(6, "0")}Z`);
}

/** Waits until as many records are there as a moment before. */
async function settled(store: string): Promise<void> {
  let last = 0;
  const isSettled = async () => {
    const query = new URLSearchParams({ query: "* | stats count() n" });
    const answer = await fetch(`${store}/select/logsql/query?${query.toString()}`);
    const { n = "0" } = JSON.parse((await answer.text()).trim() || "{}") as { n?: string };
    const now = Number(n);
    const same = now > 0 && now === last;
    last = now;
    return same;
  };
  if (!(await poll(isSettled, 120_000, 3000))) throw new Error(`${last} records are in the store, and more come`);
}

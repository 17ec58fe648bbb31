import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump } from "js-yaml";
import { logStoreArgs } from "../../components/backends/logs.ts";
import { parseSettings } from "../../settings/read.ts";
import { logAgentSpec } from "../../components/telemetry/logAgent.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import { logsTarget } from "../../components/telemetry/logsExporter.ts";
import { namespaces, ports, resources } from "../../catalog/names.ts";
import { nodeVariable } from "../../components/telemetry/podIdentity.ts";
import { byKubeconfig, kubeconfig } from "../../scripts/bench/apiServer.ts";
import { nodeName } from "../../scripts/bench/nodeApi.ts";
import { withoutPods } from "../../sandbox/telemetry/collectorConfig.ts";
import { agentArguments, localAgentConfig } from "../../sandbox/telemetry/logAgent.ts";
import { userPorts } from "../../sandbox/telemetry/loopback.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { localArgs } from "../../sandbox/telemetry/victoriaLogs.ts";
import { eventually } from "./eventually.ts";

/** What the store has of a pod. */
export interface Found {
  /** Records, and how many of them differ. */
  readonly records: number;
  readonly distinct: number;
}

type Name = "store" | "agent";

/** The agent and the store as real programs, from the stack's own objects, on loopback and in a folder of this machine. */
export class LogAgentRun {
  readonly folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-logs-"));
  /** That of all pods. */
  readonly pods = path.join(this.folder, "pods");
  readonly #running = new Map<Name, ChildProcess>();
  readonly #port: number;
  readonly #api: string | undefined;
  #tools: Record<"otelcol" | "victoria-logs", string> | undefined;

  /**
   * @param firstPort of the five loopback ports that it uses
   * @param api URL of an API server, which says of the pods what their path does not. @default - none is asked
   */
  constructor(firstPort: number, api?: string) {
    this.#port = firstPort;
    this.#api = api;
    for (const folder of [this.pods, this.#path("agent")]) mkdirSync(folder, { recursive: true });
  }

  #path(name: string): string {
    return path.join(this.folder, name);
  }

  get storeUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Where the agent's counts are read. */
  get countsUrl(): string {
    return `http://127.0.0.1:${this.#port + 1}/metrics`;
  }

  async start(...names: Name[]): Promise<void> {
    this.#tools ??= await ensureTools(["otelcol", "victoria-logs"], sandboxPaths(), createReport());
    for (const name of names) {
      const [command, args, ready] = name === "store" ? this.#store(this.#tools) : this.#agent(this.#tools);
      const env = { ...process.env, KUBECONFIG: this.#path("kubeconfig"), [nodeVariable]: nodeName };
      const output = openSync(this.#path(`${name}.log`), "a");
      this.#running.set(name, spawn(command, args, { stdio: ["ignore", output, output], cwd: this.folder, env }));
      await eventually(async () => {
        await fetch(ready);
      }, 30_000);
    }
  }

  /** Ends a program, and waits until it is gone. */
  async end(name: Name, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#running.get(name);
    this.#running.delete(name);
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  async remove(): Promise<void> {
    for (const name of ["agent", "store"] as const) await this.end(name);
    rmSync(this.folder, { recursive: true });
  }

  #store(tools: Record<"victoria-logs", string>): [string, string[], string] {
    const args = localArgs(logStoreArgs(parseSettings({}).logs), this.#path("store"), this.#port);
    return [tools["victoria-logs"], args, `${this.storeUrl}/health`];
  }

  /** The object's configuration; without an API server without what asks it: whose files they are is in their path. */
  #agent(tools: Record<"otelcol", string>): [string, string[], string] {
    const settings = parseSettings({});
    const spec = logAgentSpec({ settings, target: logsTarget(settings) ?? fail("no target") });
    const own = {
      [ports.collectorLogRecords]: this.#port + 1,
      [healthPort]: this.#port + 2,
      [ports.collectorSelf]: this.#port + 3,
    };
    const agent = { metadata: { name: resources.logAgent, namespace: namespaces.nodeAgents }, spec };
    const folders = { pods: this.pods, state: this.#path("agent") };
    const config = localAgentConfig(agent, own, { ...userPorts, logs: this.#port }, folders);
    const asking = this.#api === undefined ? withoutPods(config) : byKubeconfig(config);
    writeFileSync(this.#path("agent.yaml"), dump(asking, { lineWidth: -1 }));
    if (this.#api !== undefined) writeFileSync(this.#path("kubeconfig"), dump(kubeconfig(this.#api)));
    const args = [...agentArguments(spec), "--config", this.#path("agent.yaml")];
    return [tools.otelcol, args, `http://127.0.0.1:${this.#port + 2}`];
  }

  /** Records by LogsQL. */
  async query(query: string): Promise<Record<string, string>[]> {
    const answer = await fetch(`${this.storeUrl}/select/logsql/query`, {
      method: "POST",
      body: new URLSearchParams({ query }),
    });
    if (!answer.ok) throw new Error(`${query}: ${await answer.text()}`);
    const lines = (await answer.text()).split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as Record<string, string>);
  }

  /** What the store has of a pod. */
  async found(pod: string): Promise<Found> {
    const [row] = await this.query(`k8s.pod.name:="${pod}" | stats count() records, count_uniq(_msg) distinct`);
    return { records: Number(row?.["records"] ?? 0), distinct: Number(row?.["distinct"] ?? 0) };
  }

  /** The texts of a pod in the order of their times. */
  async texts(pod: string): Promise<string[]> {
    const rows = await this.query(`k8s.pod.name:="${pod}" | sort by (_time) | fields _msg`);
    return rows.map(({ _msg: text = "" }) => text);
  }

  /** Waits until so many different records of a pod are there, or no more come. */
  async settled(pod: string, expected: number, patience = 20_000): Promise<Found> {
    const deadline = Date.now() + patience;
    for (;;) {
      const found = await this.found(pod);
      if (found.distinct >= expected || Date.now() > deadline) return found;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function fail(message: string): never {
  throw new Error(message);
}

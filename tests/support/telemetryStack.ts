import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { errorLine } from "../../cli/errors.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { type LocalPorts, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { ensureNodePackages } from "../../sandbox/telemetry/node.ts";
import { endProcess } from "../../cli/daemons/ownedProcess.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { telemetryPrograms, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { ensurePython, findPython } from "../../sandbox/telemetry/python.ts";
import { type ProgramRecord, readRecords, removeRecord } from "../../cli/daemons/records.ts";
import { startPrograms } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { killPrograms } from "./killPrograms.ts";

/** The telemetry programs of a test: on ports and in a folder of their own. */
export class TelemetryStack {
  /** May be changed before the start. */
  readonly objects;
  readonly ports: LocalPorts;
  readonly paths = sandboxPaths();
  readonly urls;
  /** Their state folder; empty before the start. */
  folder = "";
  #programs: Program[] = [];

  /**
   * @param firstPort of the twenty loopback ports that it uses; each suite has its own
   * @param config settings of the stack by key, as Pulumi hands them over
   */
  constructor(firstPort: number, config: Readonly<Record<string, string>>) {
    this.objects = stackObjects(config);
    const { spec } = this.objects.collector;
    spec.config = { ...spec.config, connectors: hastened(spec.config.connectors) };
    this.ports = portsFrom(firstPort);
    const url = (port = 0) => `http://127.0.0.1:${port}`;
    this.urls = {
      app: url(this.ports.app),
      upstream: url(this.ports.upstream),
      ordersApi: url(this.ports.ordersApi),
      jaeger: url(this.ports.jaeger[16686]),
      prometheus: url(this.ports.prometheus),
      collector: url(this.ports.collector[4318]),
      collectorSelf: url(this.ports.collector[8888]),
    };
  }

  /** Starts the programs of those names, or all of them; what runs stays as it is. */
  async start(...names: string[]): Promise<void> {
    if (this.#programs.length === 0) this.#programs = await this.#make();
    const running = readRecords(this.folder).map(({ name }) => name);
    const wanted = names.length === 0 ? this.#programs.map(({ name }) => name) : [...names, ...running];
    const programs = this.#programs.filter(({ name }) => wanted.includes(name));
    await startPrograms(programs, this.folder, silentReport);
  }

  /** Ends one program. */
  async end(name: string): Promise<void> {
    await endProcess(this.record(name));
    removeRecord(this.folder, name);
  }

  /** @throws when no program of that name was started. */
  record(name: string): ProgramRecord {
    const record = readRecords(this.folder).find((candidate) => candidate.name === name);
    if (record === undefined) throw new Error(`${name} was not started`);
    return record;
  }

  /** Kills all programs and removes their folder. */
  async remove(): Promise<void> {
    if (this.folder === "") return;
    await killPrograms(this.folder);
    await rm(this.folder, { recursive: true });
  }

  async #make(): Promise<Program[]> {
    this.folder = await mkdtemp(path.join(tmpdir(), "fluffy-observability-telemetry-"));
    const { objects, ports, paths } = this;
    const report = createReport();
    const tools = await ensureTools(telemetryTools, paths, report);
    const python = await ensurePython(paths, report);
    const inputs = { objects, ports, tools, python, project: paths.project, folder: this.folder };
    if (objects.ordersApi === undefined) return telemetryPrograms(inputs);
    return telemetryPrograms({ ...inputs, nodePackages: await ensureNodePackages(paths, report) });
  }
}

/** The collector counts spans every three seconds, not every fifteen; nothing else paces a test as much. */
function hastened(connectors: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(connectors).map(([id, connector]) => [
      id,
      { ...(connector as object), metrics_flush_interval: "3s" },
    ]),
  );
}

/** Skips the suite, with one line, on a machine without a usable Python; in CI that is an error. */
export async function requirePython(context: Mocha.Context): Promise<void> {
  try {
    await findPython();
  } catch (error) {
    if (process.env.CI) throw error;
    console.log(`    skipped: ${errorLine(error)}`);
    context.skip();
  }
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump, load } from "js-yaml";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import type { LiveObjects } from "../../sandbox/telemetry/liveObjects.ts";
import { type LocalPorts, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { collector, prometheus, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import type { ScrapeJob } from "../../sandbox/telemetry/prometheusConfig.ts";
import { endProcess } from "../../cli/daemons/ownedProcess.ts";
import { readRecords, removeRecord } from "../../cli/daemons/records.ts";
import { silentReport } from "../../cli/silentReport.ts";

/** Two collectors, as with `collector.replicas: 2`, and a Prometheus that scrapes both. */
export class CollectorPair {
  /** Base URLs of the receivers of OTLP/HTTP. */
  readonly collectors: readonly string[];
  readonly prometheus: string;
  readonly #objects: LiveObjects;
  readonly #ports: readonly [LocalPorts, LocalPorts];
  readonly #folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-pair-"));
  #programs: readonly Program[] = [];

  /** @param firstPort of the forty loopback ports that they use */
  constructor(firstPort: number, objects: LiveObjects) {
    this.#objects = objects;
    this.#ports = [portsFrom(firstPort), portsFrom(firstPort + 20)];
    this.collectors = this.#ports.map((ports) => `http://127.0.0.1:${ports.collector[4318] ?? 0}`);
    this.prometheus = `http://127.0.0.1:${this.#ports[0].prometheus}`;
  }

  async start(): Promise<void> {
    if (this.#programs.length === 0) this.#programs = await this.#make();
    await startPrograms(this.#programs, this.#folder, silentReport);
  }

  /**
   * Ends a program and starts it again.
   *
   * @param name `collector-0`, `collector-1` or `prometheus`
   * @param during what happens while it is away
   */
  async restart(name: string, during: () => Promise<unknown>): Promise<void> {
    const record = readRecords(this.#folder).find((each) => each.name === name);
    if (record === undefined) throw new Error(`${name} was not started`);
    await endProcess(record);
    removeRecord(this.#folder, name);
    await during();
    await this.start();
  }

  async remove(): Promise<void> {
    await stopPrograms(this.#folder, silentReport);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #make(): Promise<Program[]> {
    const paths = sandboxPaths();
    const tools = await ensureTools(telemetryTools, paths, silentReport);
    const python = { python: "", packages: "", sitePackages: "" };
    const inputs = { objects: this.#objects, tools, python, project: paths.project };
    const collectors = this.#ports.map((ports, index) => {
      const name = `collector-${index}`;
      const program = collector({ ...inputs, ports, folder: path.join(this.#folder, name) });
      return { ...program, name, files: prefixed(program.files, name) };
    });
    const scraping = prometheus({ ...inputs, ports: this.#ports[0], folder: this.#folder });
    const config = twoTargets(scraping.files["prometheus.yaml"] ?? "", ...this.#ports);
    return [...collectors, { ...scraping, files: { ...scraping.files, "prometheus.yaml": config } }];
  }
}

function prefixed(files: Readonly<Record<string, string>>, folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

/**
 * Prometheus' configuration with the second collector beside the first one in each of its jobs.
 *
 * @param config as YAML
 */
function twoTargets(config: string, first: LocalPorts, second: LocalPorts): string {
  const parsed = load(config) as { scrape_configs: ScrapeJob[] };
  const other = new Map(
    Object.entries(first.collector).map(([inCluster, port]) => [
      `127.0.0.1:${port}`,
      `127.0.0.1:${second.collector[Number(inCluster)] ?? 0}`,
    ]),
  );
  for (const job of parsed.scrape_configs) {
    for (const { targets, labels } of [...job.static_configs]) {
      const beside = other.get(targets[0] ?? "");
      if (beside === undefined) continue;
      const pod = (labels["pod"] ?? "").replace(/-0$/, "-1");
      job.static_configs.push({ targets: [beside], labels: { ...labels, pod } });
    }
  }
  return dump(parsed);
}

import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump, load } from "js-yaml";
import { silentReport } from "../../cli/silentReport.ts";
import type { CollectorConfig } from "../../components/customResources/openTelemetry.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { type LocalPorts, type PortMap, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { collector, tailSampler, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { collectorMetric } from "../../scripts/bench/collectorMetrics.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { eventually } from "./eventually.ts";
import { killChild } from "./killChild.ts";
import { SpanSink } from "./spanSink.ts";

/** How many collectors applications send to. */
const gateways = 2;

/** What the name of the second tier's pods is here. */
const podsName = "sampling.test";

/** Puts a file in the place of the machine's names, for the programs that are started behind it. */
const withNames = ["unshare", "--map-root-user", "--mount", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"'];

/** Two collectors that applications send to, the second tier behind them, and who stands for Jaeger: the stack's own objects as programs. */
export class SamplingTiers {
  /** Base URLs of the receivers of OTLP/HTTP. */
  readonly gateways: readonly string[];
  /** host:port of their receivers of OTLP/gRPC. */
  readonly endpoints: readonly string[];
  /** What the second tier keeps; a pod of it is the index in its senders. */
  readonly sink: SpanSink;
  /** Whether pods are found by their name, as in a cluster, or stand in a list, where this machine lets nobody change names. */
  readonly byName = spawnSync("unshare", ["--map-root-user", "--mount", "true"]).status === 0;
  readonly #ports: readonly LocalPorts[];
  readonly #config: Readonly<Record<string, string>>;
  readonly #pods: number;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-sampling-"));
  readonly #commands = new Map<string, { command: string[]; env: Record<string, string>; ready: string }>();
  readonly #running = new Map<string, ChildProcess>();

  /**
   * @param firstPort of the 120 loopback ports that they use
   * @param config settings of the stack by key, as Pulumi hands them over, with tail sampling on
   * @param pods of the second tier
   */
  constructor(firstPort: number, config: Readonly<Record<string, string>>, pods: number) {
    this.#ports = Array.from({ length: gateways + pods }, (_, index) => portsFrom(firstPort + 25 * index));
    this.#config = config;
    this.#pods = pods;
    this.gateways = this.#ports.slice(0, gateways).map(({ collector: own }) => `http://127.0.0.1:${own[4318] ?? 0}`);
    this.endpoints = this.#ports.slice(0, gateways).map(({ collector: own }) => `127.0.0.1:${own[4317] ?? 0}`);
    this.sink = new SpanSink(this.#samplers().map(({ jaeger }) => jaeger[4318] ?? 0));
  }

  async start(): Promise<void> {
    const paths = sandboxPaths();
    const tools = await ensureTools(telemetryTools, paths, silentReport);
    const python = { python: "", packages: "", sitePackages: "" };
    const objects = stackObjects(this.#config);
    const inputs = { objects, tools, python, project: paths.project };
    this.sink.listen();
    this.setPods(this.#podNames());
    for (const [index, ports] of this.#ports.slice(0, gateways).entries()) {
      const found = { ...ports, tailSampler: this.#samplerPorts(0) };
      const program = collector({ ...inputs, ports: found, folder: this.#folder });
      const config = this.#gatewayConfig(load(textOf(program)) as CollectorConfig);
      const health = `http://127.0.0.1:${ports.collector[healthPort] ?? 0}`;
      this.#add(`gateway-${index}`, program, config, health, this.byName ? [...withNames, this.#hosts()] : []);
    }
    for (const [pod, ports] of this.#samplers().entries()) {
      const own = this.#samplerPorts(pod);
      const [program] = tailSampler({ ...inputs, ports: { ...ports, tailSampler: own }, folder: this.#folder });
      if (program === undefined) throw new Error("the settings have no tail sampling");
      const health = `http://${this.#address(pod)}:${own[healthPort] ?? 0}`;
      this.#add(`sampler-${pod}`, program, this.#samplerConfig(textOf(program), pod), health);
    }
    // Each finds running what it sends to.
    for (const name of [...this.#commands.keys()].toReversed()) await this.run(name);
  }

  /** Starts a program of the second tier or a gateway that does not run. */
  async run(name: string): Promise<void> {
    const found = this.#commands.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    const [command = "", ...args] = found.command;
    const log = openSync(path.join(this.#folder, `${name}.log`), "a");
    this.#running.set(
      name,
      spawn(command, args, { env: { ...process.env, ...found.env }, stdio: ["ignore", log, log] }),
    );
    closeSync(log);
    await eventually(async () => {
      // Not before its receivers listen.
      assert.ok((await fetch(found.ready)).ok, `${name} is not ready`);
    }, 60_000);
  }

  /** Kills a program, as the kernel does. */
  async kill(name: string): Promise<void> {
    const child = this.#running.get(name);
    if (child === undefined) throw new Error(`${name} does not run`);
    await killChild(child);
    this.#running.delete(name);
  }

  /** Says which pods are ready: their names, such as `sampler-0`. */
  setPods(names: readonly string[]): void {
    const lines = names.map((name) => `${this.#address(this.#podNames().indexOf(name))} ${podsName}\n`);
    writeFileSync(this.#hosts(), `127.0.0.1 localhost\n${lines.join("")}`);
  }

  /** The sum of one of the second tier's own metrics, by pod; a pod that does not run has none. */
  samplerMetric(name: string): Promise<number[]> {
    return Promise.all(
      this.#podNames().map((pod, index) =>
        this.#running.has(pod)
          ? collectorMetric(`http://${this.#address(index)}:${this.#samplerPorts(index)[8888] ?? 0}`, name)
          : Promise.resolve(0),
      ),
    );
  }

  /** What both gateways count of a metric that they make of spans. */
  spanMetric(name: string): Promise<number> {
    return this.#gatewaySum(8892, name);
  }

  /** The sum of one of both gateways' own metrics. */
  gatewayMetric(name: string): Promise<number> {
    return this.#gatewaySum(8888, name);
  }

  /** The process of a program that runs. */
  pid(name: string): number {
    return this.#running.get(name)?.pid ?? 0;
  }

  async remove(): Promise<void> {
    for (const name of [...this.#running.keys()]) await this.kill(name);
    this.sink.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #gatewaySum(inCluster: number, name: string): Promise<number> {
    const shown = this.#ports.slice(0, gateways).map(({ collector: own }) => `http://127.0.0.1:${own[inCluster] ?? 0}`);
    const counts = await Promise.all(shown.map((url) => collectorMetric(url, name)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  #samplers(): readonly LocalPorts[] {
    return this.#ports.slice(gateways);
  }

  #podNames(): string[] {
    return Array.from({ length: this.#pods }, (_, index) => `sampler-${index}`);
  }

  /** Of the second tier, with which a gateway finds it: those of the first pod where all have the same. */
  #samplerPorts(pod: number): PortMap {
    return this.#samplers()[this.byName ? 0 : pod]?.tailSampler ?? {};
  }

  /** By their name all pods have one port, and so each an address; in a list each has a port. */
  #address(pod: number): string {
    return this.byName ? `127.0.0.${2 + pod}` : "127.0.0.1";
  }

  #hosts(): string {
    return path.join(this.#folder, "hosts");
  }

  /** @param before what its command stands behind */
  #add(name: string, program: Program, config: CollectorConfig, ready: string, before: readonly string[] = []): void {
    const file = path.join(this.#folder, `${name}.yaml`);
    writeFileSync(file, dump(config, { lineWidth: -1 }));
    const command = [...before, program.command, "--config", file];
    this.#commands.set(name, { command, env: program.env, ready });
  }

  #gatewayConfig(config: CollectorConfig): CollectorConfig {
    const own = config.exporters["load_balancing"] as { resolver: { dns: object } };
    const hostnames = this.#podNames().map((_, pod) => `127.0.0.1:${this.#samplerPorts(pod)[4317] ?? 0}`);
    const resolver = this.byName ? { dns: { ...own.resolver.dns, hostname: podsName } } : { static: { hostnames } };
    return { ...config, exporters: { ...config.exporters, load_balancing: { ...own, resolver } } };
  }

  /** Sends to a server of the test, which knows by the port who sends. */
  #samplerConfig(text: string, pod: number): CollectorConfig {
    const config = load(text.replaceAll("127.0.0.1", this.#address(pod))) as CollectorConfig;
    const { sending_queue, retry_on_failure } = config.exporters["otlp_grpc/jaeger"] as Record<string, object>;
    const endpoint = `http://127.0.0.1:${this.#samplers()[pod]?.jaeger[4318] ?? 0}`;
    const sink = { endpoint, encoding: "json", compression: "none", sending_queue, retry_on_failure };
    const { traces } = config.service.pipelines;
    const pipelines = { traces: { ...(traces ?? { receivers: [] }), exporters: ["otlp_http/sink"] } };
    return { ...config, exporters: { "otlp_http/sink": sink }, service: { ...config.service, pipelines } };
  }
}

/** A program's only file. */
function textOf({ files }: Program): string {
  const [text = ""] = Object.values(files);
  return text;
}

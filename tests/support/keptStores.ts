import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Program } from "../../cli/daemons/program.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { logStoreArgs } from "../../components/backends/logs.ts";
import { ports as clusterPorts } from "../../catalog/names.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { localPort, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { jaeger, prometheus, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { localArgs } from "../../sandbox/telemetry/victoriaLogs.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { parseSettings } from "../../settings/read.ts";
import { eventually } from "./eventually.ts";

/** Which keep something on a volume, by the name of their folder. */
export const storeNames = ["prometheus", "jaeger", "victoria-logs"] as const;

/** One of them. */
export type StoreName = (typeof storeNames)[number];

type Run = Pick<Program, "command" | "args" | "files" | "ready">;

/** Prometheus, Jaeger on Badger and VictoriaLogs as real programs by the stack's own objects, each with a folder in the place of its volume. */
export class KeptStores {
  /** Base URLs. */
  readonly urls: Readonly<Record<StoreName, string>>;
  /** Base URL of Jaeger's receiver of OTLP/HTTP. */
  readonly spans: string;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-backup-"));
  readonly #ports: ReturnType<typeof portsFrom>;
  readonly #running = new Map<StoreName, ChildProcess>();
  #programs: Readonly<Record<StoreName, Run>> | undefined;

  /** @param firstPort of the thirty loopback ports that they use */
  constructor(firstPort: number) {
    this.#ports = portsFrom(firstPort);
    const { jaeger: ofJaeger, prometheus: ofPrometheus, logs } = this.#ports;
    const url = (port: number) => `http://127.0.0.1:${port}`;
    this.urls = {
      prometheus: url(ofPrometheus),
      jaeger: url(localPort(ofJaeger, clusterPorts.jaegerQuery)),
      "victoria-logs": url(logs),
    };
    this.spans = url(localPort(ofJaeger, clusterPorts.otlpHttp));
    for (const name of ["backup", ...storeNames]) mkdirSync(this.#path(name));
  }

  /** What stands for the volume of a store, and a place for copies. */
  volume(name: StoreName | "backup"): string {
    return this.#path(name);
  }

  /** Starts some of them, and waits until they answer. */
  async start(...names: StoreName[]): Promise<void> {
    this.#programs ??= await this.#make();
    for (const name of names) {
      const { command, args, files, ready } = this.#programs[name];
      for (const [file, text] of Object.entries(files)) writeFileSync(this.#path(file), text);
      const output = openSync(this.#path(`${name}.log`), "a");
      this.#running.set(name, spawn(command, args, { stdio: ["ignore", output, output], cwd: this.#folder }));
      for (const url of ready) {
        await eventually(async () => {
          const answer = await fetch(url);
          if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
        }, 60_000);
      }
    }
  }

  /** Ends some of them, and waits until they are gone: by SIGTERM as a pod is ended. */
  async end(signal: "SIGTERM" | "SIGKILL", ...names: StoreName[]): Promise<void> {
    for (const name of names) {
      const child = this.#running.get(name);
      this.#running.delete(name);
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill(signal);
      await gone;
    }
  }

  /** What a new, empty volume is. */
  wipe(name: StoreName): void {
    rmSync(this.volume(name), { recursive: true });
    mkdirSync(this.volume(name));
  }

  /** Copies a folder's content. */
  copy(from: string, to: string): void {
    cpSync(from, to, { recursive: true });
  }

  async remove(): Promise<void> {
    await this.end("SIGKILL", ...storeNames);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }

  async #make(): Promise<Record<StoreName, Run>> {
    const paths = sandboxPaths();
    const tools = await ensureTools(telemetryTools, paths, silentReport);
    const config = {
      prometheus: JSON.stringify({ scrapeInterval: "1s" }),
      jaeger: JSON.stringify({ storage: "badger" }),
    };
    const python = { python: "", packages: "", sitePackages: "" };
    const inputs = {
      ...{ objects: stackObjects(config), tools, python, ports: this.#ports },
      ...{ project: paths.project, folder: this.#folder },
    };
    const metrics = prometheus(inputs);
    return {
      // As the operator starts it while `enableAdminAPI` is on.
      prometheus: { ...metrics, args: [...metrics.args, "--web.enable-admin-api"] },
      jaeger: jaeger(inputs),
      "victoria-logs": {
        command: tools["victoria-logs"],
        args: localArgs(logStoreArgs(parseSettings({}).logs), this.volume("victoria-logs"), this.#ports.logs),
        ...{ files: {}, ready: [`${this.urls["victoria-logs"]}/health`] },
      },
    };
  }
}

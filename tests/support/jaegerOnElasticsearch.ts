import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump } from "js-yaml";
import { ports } from "../../catalog/names.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import type { OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { listeningPorts, loopbackCollector } from "../../sandbox/telemetry/collectorConfig.ts";
import { localPort, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { mountSecret } from "./mountedSecret.ts";

/** Secrets of namespace `observability`: values by key, by the Secret's name. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The real Jaeger by the stack's own object, which has its Secrets as variables and files as in a pod. */
export class JaegerOnElasticsearch {
  /** Base URL of its API. */
  readonly url: string;
  /** Base URL of its receiver of OTLP/HTTP. */
  readonly spans: string;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-elasticsearch-"));
  readonly #local: ReturnType<typeof portsFrom>;

  /** @param firstPort of the thirty loopback ports of which it uses five */
  constructor(firstPort: number) {
    this.#local = portsFrom(firstPort);
    this.url = `http://127.0.0.1:${localPort(this.#local.jaeger, ports.jaegerQuery)}`;
    this.spans = `http://127.0.0.1:${localPort(this.#local.jaeger, ports.otlpHttp)}`;
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param settings of `jaeger.*`, besides the storage
   * @throws where it ends before that
   */
  async start(settings: Readonly<Record<string, string>>, secrets: Secrets): Promise<void> {
    const { jaeger } = stackObjects({ jaeger: JSON.stringify({ storage: "elasticsearch", ...settings }) });
    this.change(secrets);
    const config = loopbackCollector(jaeger, this.#local.jaeger, this.#local);
    const tools = await ensureTools(["jaeger"], sandboxPaths(), silentReport);
    const program = {
      ...{ name: "jaeger", command: tools.jaeger, args: ["--config", "jaeger.yaml"] },
      files: { "jaeger.yaml": this.#withFolders(dump(config), jaeger.spec) },
      // Spans of its own go to a port that is another one here, and are waited for at the end.
      env: { ...variables(jaeger.spec, secrets), OTEL_TRACES_SAMPLER: "always_off" },
      ports: listeningPorts(config),
      ...{ ready: [`${this.url}/api/services`], url: this.url },
    };
    await startPrograms([program], this.#folder, silentReport);
  }

  /** Gives Secrets new values, which come into its files. */
  change(secrets: Secrets): void {
    for (const [name, values] of Object.entries(secrets)) mountSecret(this.#secret(name), values);
  }

  /** Ends it by SIGTERM, as a pod is ended. */
  async stop(): Promise<void> {
    await stopPrograms(this.#folder, silentReport);
  }

  /** The lines that it has written. */
  log(): string[] {
    return readFileSync(path.join(this.#folder, "logs", "jaeger.log"), "utf8").split("\n");
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #secret(name: string): string {
    return path.join(this.#folder, "secrets", name);
  }

  /** A configuration with folders of this machine for those that the pod mounts. */
  #withFolders(text: string, { volumes = [], volumeMounts = [] }: OpenTelemetryCollectorSpec): string {
    return volumeMounts.reduce((changed, { name, mountPath }) => {
      const { secretName } = volumes.find((volume) => volume.name === name)?.secret ?? {};
      if (secretName === undefined) throw new Error(`volume ${name} is of no Secret`);
      return changed.replaceAll(`${mountPath}/`, `${this.#secret(secretName)}/`);
    }, text);
  }
}

function variables({ env = [] }: OpenTelemetryCollectorSpec, secrets: Secrets): Record<string, string> {
  return Object.fromEntries(
    env.map(({ name, value, valueFrom }) => {
      const { name: secret = "", key = "" } = valueFrom?.secretKeyRef ?? {};
      const found = value ?? secrets[secret]?.[key];
      if (found === undefined) throw new Error(`${name} is of key ${key} of Secret ${secret}, which is not there`);
      return [name, found];
    }),
  );
}

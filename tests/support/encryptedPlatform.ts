import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, get, request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "node:tls";
import { dump } from "js-yaml";
import type { Program } from "../../cli/daemons/program.ts";
import { programStatus, startPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { killPrograms } from "./killPrograms.ts";
import { logStoreArgs } from "../../components/backends/logs.ts";
import type { OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import { served, servedCertificate, servedSecrets } from "../../components/tls/certificates.ts";
import { tlsFolder } from "../../components/tls/tlsFiles.ts";
import { ports, serviceHost, services } from "../../catalog/names.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { withoutPods } from "../../sandbox/telemetry/collectorConfig.ts";
import { hostMappings, localPort, loopbackConfig, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { parseSettings } from "../../settings/read.ts";
import { encryptedAlertmanager, encryptedPrometheus } from "./encryptedPrometheus.ts";
import { TestAuthority } from "./testAuthority.ts";

/** The programs that serve over TLS: all but the agents, which the collector stands for. */
export const encryptedPrograms = [
  ...["collector", "tailSampler", "jaeger", "logs", "prometheus", "alertmanager"],
] as const satisfies (keyof typeof servedSecrets)[];

/** One of them. */
export type EncryptedProgram = (typeof encryptedPrograms)[number];

/** Those that are asked for what they have. */
type ReadProgram = "jaeger" | "logs" | "prometheus" | "alertmanager";

/** What is not TLS' matter is as small as it gets: every trace is kept, after six seconds. */
const configOf = (applications: boolean) => ({
  tls: JSON.stringify({ internal: true, applications }),
  collector: '{"tailSampling":{"enabled":true,"keepPercentage":100,"waitSeconds":6}}',
  instrumentation: '{"samplingRatio":1}',
  prometheus: '{"scrapeInterval":"1s"}',
});

/** All that serves over TLS, as real programs with the stack's own settings, TLS included. */
export class EncryptedPlatform {
  /** Who signs the certificates that the programs have. */
  readonly authority: TestAuthority;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-tls-"));
  readonly #config;
  readonly #local;
  readonly #logsTls: number;

  /**
   * @param firstPort of the 60 loopback ports that they use
   * @param applications whether applications send over TLS. @default true
   */
  constructor(firstPort: number, applications = true) {
    this.#config = configOf(applications);
    this.#local = portsFrom(firstPort);
    this.#logsTls = firstPort + 40;
    this.authority = new TestAuthority(path.join(this.#folder, "authority"));
  }

  /** @param trusted the CA that the collector knows, and that signs its certificate. @default that of all others */
  async start(trusted = this.authority): Promise<void> {
    for (const program of encryptedPrograms) this.renew(program);
    this.renew("collector", trusted);
    const objects = stackObjects(this.#config);
    const names = ["otelcol", "jaeger", "victoria-logs", "prometheus", "alertmanager"] as const;
    const tools = await ensureTools([...names], sandboxPaths(), silentReport);
    const secrets = { prometheus: this.#secret("prometheus"), alertmanager: this.#secret("alertmanager") };
    const monitoring = { objects, local: this.#local, logsTls: this.#logsTls, tools, secrets };
    const { collector, tailSampler, jaeger } = this.#local;
    const { tailSampler: sampler = objects.collector } = objects;
    const programs = [
      this.#collector("jaeger", tools.jaeger, objects.jaeger.spec, jaeger, this.#selfMetrics()),
      this.#logs(tools["victoria-logs"]),
      this.#collector("tailSampler", tools.otelcol, sampler.spec, tailSampler),
      this.#collector("collector", tools.otelcol, objects.collector.spec, collector),
      encryptedAlertmanager(monitoring),
      encryptedPrometheus(monitoring),
    ];
    await startPrograms(programs, this.#folder, silentReport);
  }

  /** Gives a program a new certificate with a new key, as cert-manager and the kubelet do. */
  renew(program: EncryptedProgram, authority = this.authority): void {
    const own = served(parseSettings(this.#config)).find(({ secret }) => secret === servedSecrets[program]);
    if (own === undefined) throw new Error(`${program} has no certificate`);
    authority.issue(this.#secret(program), servedCertificate(own, "").dnsNames ?? []);
  }

  /** The certificate in a program's Secret. */
  file(program: EncryptedProgram): string {
    return readFileSync(path.join(this.#secret(program), "tls.crt"), "utf8").trim();
  }

  /** The certificate that a program shows at a new connection, which is checked. */
  shown(program: EncryptedProgram): Promise<string> {
    const senders = { collector: this.#local.collector, tailSampler: this.#local.tailSampler };
    const port =
      program === "collector" || program === "tailSampler"
        ? localPort(senders[program], ports.otlpGrpc)
        : this.#readers()[program];
    return new Promise((resolve, reject) => {
      const host = "127.0.0.1";
      const socket = connect({ host, port, ca: this.authority.certificate, ALPNProtocols: ["h2"] }, () => {
        const text = socket.getPeerX509Certificate()?.toString() ?? "";
        socket.destroy();
        resolve(text.trim());
      }).on("error", reject);
    });
  }

  /**
   * Sends as an application does, over a connection of its own, by the name that applications know.
   *
   * @throws where it is refused, or the certificate is not the collector's
   */
  send(what: "traces" | "logs", body: object, ca = this.authority.certificate): Promise<void> {
    const options = {
      ...{ method: "POST", host: "127.0.0.1", port: localPort(this.#local.collector, ports.otlpHttp), ca },
      ...{ path: `/v1/${what}`, servername: serviceHost(services.collector, "observability") },
      ...{ headers: { "content-type": "application/json" }, agent: new Agent({ keepAlive: false }), timeout: 20_000 },
    };
    return new Promise((resolve, reject) => {
      request(options, (response) => {
        response.resume().on("end", () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${options.path} answered ${response.statusCode ?? "nothing"}`));
        });
      })
        .on("error", reject)
        .end(JSON.stringify(body));
    });
  }

  /** Host and port at which the collector takes OTLP/HTTP. */
  collectorAddress(): string {
    return `127.0.0.1:${localPort(this.#local.collector, ports.otlpHttp)}`;
  }

  /**
   * Asks as Grafana does, and checks the certificate.
   *
   * @returns what it answers, from JSON
   * @throws where it does not answer with 200
   */
  ask(program: ReadProgram, path: string): Promise<unknown> {
    const options = { host: "127.0.0.1", port: this.#readers()[program], path, ca: this.authority.certificate };
    return new Promise((resolve, reject) => {
      get({ ...options, agent: new Agent({ keepAlive: false }), timeout: 20_000 }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (more: string) => (text += more));
        response.on("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${path} answered ${response.statusCode ?? "nothing"}: ${text}`));
        });
      }).on("error", reject);
    });
  }

  /** The processes of all of them. */
  pids(): number[] {
    return programStatus(this.#folder).map(({ pid }) => pid);
  }

  /** What a program has written. */
  log(program: EncryptedProgram): string {
    const file = path.join(this.#folder, "logs", `${program}.log`);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  async remove(): Promise<void> {
    await killPrograms(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #readers(): Record<ReadProgram, number> {
    const { jaeger, prometheus, alertmanager } = this.#local;
    return { jaeger: localPort(jaeger, ports.jaegerQuery), logs: this.#logsTls, prometheus, alertmanager };
  }

  /** Jaeger's, which are not over TLS. */
  #selfMetrics(): string {
    return `http://127.0.0.1:${localPort(this.#local.jaeger, ports.collectorSelf)}/metrics`;
  }

  #secret(program: EncryptedProgram): string {
    return path.join(this.#folder, servedSecrets[program]);
  }

  /** With addresses and folders of this machine, and all else as in the cluster. */
  #collector(
    name: EncryptedProgram,
    command: string,
    { config: inCluster, env = [] }: OpenTelemetryCollectorSpec,
    map: Readonly<Record<number, number>>,
    ready = `http://127.0.0.1:${localPort(map, healthPort)}`,
  ): Program {
    const store = `${serviceHost(services.logs, "observability")}:${ports.logsTls}`;
    const mappings = [{ inCluster: store, local: `127.0.0.1:${this.#logsTls}` }, ...hostMappings(this.#local)];
    // A name in a certificate is no address.
    const hidden = JSON.stringify(withoutPods(inCluster)).replaceAll(
      /("server_name_override":")([^"]+)\.svc"/g,
      '$1$2.SVC"',
    );
    const mapped = JSON.stringify(loopbackConfig(JSON.parse(hidden) as object, map, mappings, name))
      .replaceAll('.SVC"', '.svc"')
      .replaceAll(`"${tlsFolder}/`, `"${this.#secret(name)}/`);
    const values = env.flatMap(({ name: key, value }) => (value === undefined ? [] : [[key, value]]));
    return {
      ...{ name, command, args: ["--config", `${name}.yaml`], files: { [`${name}.yaml`]: dump(JSON.parse(mapped)) } },
      ...{
        env: Object.fromEntries(values) as Record<string, string>,
        ports: Object.values(map),
        ready: [ready],
        url: "",
      },
    };
  }

  #logs(command: string): Program {
    const args = logStoreArgs(parseSettings(this.#config).logs, true).map((arg) =>
      arg
        .replace(`=0.0.0.0:${ports.logsTls}`, `=127.0.0.1:${this.#logsTls}`)
        .replace(`=0.0.0.0:${ports.logs}`, `=127.0.0.1:${this.#local.logs}`)
        .replace("-storageDataPath=", "-storageDataPath=.")
        .replace(`=${tlsFolder}/`, `=${this.#secret("logs")}/`),
    );
    return {
      ...{ name: "logs", command, args, env: {}, files: {}, url: "" },
      ...{ ports: [this.#local.logs, this.#logsTls], ready: [`http://127.0.0.1:${this.#local.logs}/health`] },
    };
  }
}

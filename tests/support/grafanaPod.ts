import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { namespaces, ports } from "../../catalog/names.ts";
import type { EnvVar } from "../../components/customResources/common.ts";
import type { KubeClient, KubeObject } from "../../sandbox/cluster/api/client.ts";

/** A data source as Grafana's API takes and gives it. */
export interface Datasource {
  readonly uid: string;
  readonly name: string;
  readonly url: string;
}

/** After so many wrong logins Grafana takes no right one either, for five minutes (source: its `login_attempt.go`). */
const forgiven = 5;

interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly env: readonly EnvVar[];
}

/**
 * Stands for the pod of a Grafana on a volume, and for the kubelet: it starts whenever the cluster has a new pod, runs the containers before
 * Grafana with a fake of Grafana's command, and takes the password of the environment only while it has no database, as Grafana does.
 */
export class GrafanaPod {
  readonly datasources = new Map<string, Datasource>();
  wrongLogins = 0;
  readonly #client: KubeClient;
  readonly #address: string;
  readonly #folder: string;
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  readonly #stop = new AbortController();
  #following = Promise.resolve();
  #pod = "";

  /**
   * @param address where it listens, on Grafana's port
   * @param folder empty one for the database
   */
  constructor(client: KubeClient, address: string, folder: string) {
    this.#client = client;
    this.#address = address;
    this.#folder = folder;
  }

  /** What the admin's password is in the database; undefined before the first start. */
  get password(): string | undefined {
    return existsSync(this.#database) ? readFileSync(this.#database, "utf8") : undefined;
  }

  async follow(): Promise<void> {
    mkdirSync(join(this.#folder, "bin"));
    const program = join(this.#folder, "bin", "grafana");
    writeFileSync(program, '#!/bin/sh\ncat >"$GF_PATHS_DATA/grafana.db"\n', { mode: 0o755 });
    this.#server.listen(ports.grafana, this.#address);
    await once(this.#server, "listening");
    this.#following = this.#run();
  }

  async end(): Promise<void> {
    this.#stop.abort();
    this.#server.close();
    await this.#following;
  }

  get #database(): string {
    return join(this.#folder, "grafana.db");
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const pods = await this.#client.list("v1", "Pod", namespaces.observability, "app=grafana");
      const [pod] = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      const { uid = "" } = pod?.metadata ?? {};
      if (pod !== undefined && uid !== this.#pod) await this.#start(pod);
      this.#pod = uid;
      await sleep(200);
    }
  }

  async #start({ spec }: KubeObject): Promise<void> {
    const { initContainers = [], containers } = spec as { initContainers?: Container[]; containers: Container[] };
    for (const { command: [shell = "", ...args] = [], env } of initContainers) {
      const path = `${join(this.#folder, "bin")}:${process.env["PATH"] ?? ""}`;
      const given = { ...(await this.#environment(env)), GF_PATHS_DATA: this.#folder, PATH: path };
      execFileSync(shell, args, { env: given, stdio: "pipe" });
    }
    const own = containers.find(({ name }) => name === "grafana")?.env ?? [];
    const { GF_SECURITY_ADMIN_PASSWORD: password = "" } = await this.#environment(own);
    if (this.password === undefined) writeFileSync(this.#database, password);
  }

  /** What the kubelet makes of a container's variables. */
  async #environment(env: readonly EnvVar[]): Promise<Record<string, string>> {
    const values = env.map(async ({ name, value = "", valueFrom }) => {
      if (valueFrom?.secretKeyRef === undefined) return [name, value];
      const { name: secret, key } = valueFrom.secretKeyRef;
      const ref = { apiVersion: "v1", kind: "Secret", name: secret, namespace: namespaces.observability };
      const { [key]: data = "" } = ((await this.#client.get(ref))?.["data"] ?? {}) as Record<string, string>;
      return [name, Buffer.from(data, "base64").toString()];
    });
    return Object.fromEntries(await Promise.all(values)) as Record<string, string>;
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk as string;
    // The operator would try again only after ten seconds.
    while (this.#pod === "" && !this.#stop.signal.aborted) await sleep(100);
    const login = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
    const isRight = login === `admin:${this.password ?? ""}`;
    if (!isRight) this.wrongLogins += 1;
    if (!isRight || this.wrongLogins >= forgiven)
      return { status: 401, body: { message: "Invalid username or password" } };
    switch (`${request.method ?? ""} ${request.url ?? ""}`.replace(/(uid)\/.*/, "$1")) {
      case "GET /api/login/ping":
        return { status: 200, body: { message: "Logged in" } };
      case "GET /api/frontend/settings":
        return { status: 200, body: { buildInfo: { version: "13.1.3" } } };
      case "GET /api/datasources":
        return { status: 200, body: [...this.datasources.values()] };
      case "POST /api/datasources":
      case "PUT /api/datasources/uid": {
        const datasource = JSON.parse(text) as Datasource;
        this.datasources.set(datasource.uid, datasource);
        return { status: 200, body: { id: 1, name: datasource.name, message: "saved", datasource } };
      }
      default:
        return { status: 404, body: { message: `${request.method ?? ""} ${request.url ?? ""} is not known here` } };
    }
  }
}

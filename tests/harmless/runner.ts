import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { sandboxPaths } from "../../sandbox/paths.ts";
import type { Report } from "../../cli/report.ts";
import { ensureNodePackages } from "../../sandbox/telemetry/node.ts";
import { ensureInjectedPackages, type Python } from "../../sandbox/telemetry/python.ts";
import type { Application } from "../../review/injection/application.ts";
import type { Case } from "./cases.ts";
import {
  type Environment,
  javaEnvironment,
  nodejsEnvironment,
  pythonEnvironment,
} from "../../review/injection/environments.ts";
import { type Observation, observe } from "./observation.ts";
import { OtlpSink } from "../../review/injection/otlpSink.ts";
import { annotatedPod, applicationPod, injectedVariables, writeMounted } from "../../review/injection/pod.ts";

/** Runs applications without and with injection. What they need is installed when it is first asked for. */
export class Runner {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-harmless-"));
  readonly #paths = sandboxPaths();
  readonly #report: Report;
  /** The Python that installs the injected packages, as one does for the operator's image. */
  readonly #newest: Python | undefined;
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #upstream = createServer((request, response) => {
    const isS3 = request.headers["user-agent"]?.startsWith("Boto3") === true;
    const buckets = "<Buckets><Bucket><Name>shelf</Name></Bucket></Buckets>";
    response.end(isS3 ? `<ListAllMyBucketsResult>${buckets}</ListAllMyBucketsResult>` : "bread");
  });

  constructor(report: Report, newest: Python | undefined) {
    this.#report = report;
    this.#newest = newest;
  }

  /** Starts what the applications call. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#upstream.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.#upstream.closeAllConnections();
    await new Promise((resolve) => this.#upstream.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A run without injection; cases that differ by what is injected share it. */
  without({ application, python, processOne }: Case): Promise<Observation> {
    return this.#once(`without ${application.name} ${python?.version ?? ""} ${String(processOne)}`, async () => {
      const { environment } = await this.#prepared({ application, ...(python && { python }) });
      return observe({ application, place: environment, env: this.#env(application, environment), processOne });
    });
  }

  /** A run with injection. */
  async injected({ application, python, collector, processOne, annotated }: Case): Promise<Observation> {
    const { environment, packages } = await this.#prepared({ application, ...(python && { python }) });
    const isAway = collector === "silent" || collector === "refusing";
    // What arrives is sent sooner than by default: the tests need not wait for it.
    const own = { ...(isAway ? {} : { OTEL_BSP_SCHEDULE_DELAY: "500" }), ...this.#env(application, environment) };
    const pod = annotated ? annotatedPod(application, own) : await applicationPod(application, own);
    const files = mkdtempSync(path.join(this.#folder, "files-"));
    writeMounted(pod, files);
    const sink = await OtlpSink.start(collector);
    try {
      const env = injectedVariables(
        application,
        pod,
        { endpoint: sink.url, interval: isAway ? 60 : 1 },
        { packages, files, more: environment.places },
      );
      return await observe({ application, place: environment, env, collector: sink, processOne });
    } finally {
      await sink.stop();
    }
  }

  /** What the application itself sets, in its image or its container. */
  #env({ env = {} }: Application, { folder }: Environment): Record<string, string> {
    const { port } = this.#upstream.address() as AddressInfo;
    const own = Object.entries(env).map(([name, value]) => [name, value.replace("$FOLDER", folder)]);
    return {
      ...(Object.fromEntries(own) as Record<string, string>),
      UPSTREAM_URL: `http://127.0.0.1:${port}`,
      NODE_ENV: "production",
      PYTHONDONTWRITEBYTECODE: "1",
    };
  }

  /** Where an application runs, and the folder of what is injected into it. */
  async #prepared({
    application,
    python,
  }: Pick<Case, "application" | "python">): Promise<{ environment: Environment; packages: string }> {
    const made = (name: string) => path.join(this.#folder, name);
    if (application.language === "java") {
      const environment = await this.#once("java", () => {
        mkdirSync(made("java"));
        return javaEnvironment(made("java"), this.#paths, this.#report);
      });
      return { environment, packages: environment.packages };
    }
    if (application.language === "nodejs") {
      const environment = await this.#once("nodejs", () =>
        nodejsEnvironment(made("nodejs"), this.#paths, this.#report),
      );
      return {
        environment,
        packages: await this.#once("node packages", () => ensureNodePackages(this.#paths, this.#report)),
      };
    }
    const { packages: lock = "web" } = application;
    if (python === undefined || this.#newest === undefined) throw new Error(`${application.name} needs a Python`);
    const newest = this.#newest;
    return {
      environment: await this.#once(`${lock} ${python.version}`, () =>
        pythonEnvironment(lock, python, this.#paths, this.#report),
      ),
      packages: await this.#once("python packages", () => ensureInjectedPackages(newest, this.#paths, this.#report)),
    };
  }

  #once<Made>(name: string, make: () => Promise<Made>): Promise<Made> {
    const made = this.#made.get(name) ?? make();
    this.#made.set(name, made);
    return made as Promise<Made>;
  }
}

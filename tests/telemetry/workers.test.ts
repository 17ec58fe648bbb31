import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { query } from "../../sandbox/telemetry/figures.ts";
import { ensureNodePackages } from "../../sandbox/telemetry/node.ts";
import { ensureInjectedPackages, findPython } from "../../sandbox/telemetry/python.ts";
import type { Application } from "../harmless/application.ts";
import { nodejsApplications } from "../harmless/applications/nodejs.ts";
import { pythonApplications } from "../harmless/applications/python.ts";
import { nodejsEnvironment, pythonEnvironment } from "../harmless/environments.ts";
import { applicationPod, injectedVariables, writeMounted } from "../harmless/pod.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/freePort.ts";
import { silentReport } from "../support/silentReport.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";
import { noteTruth } from "../support/truth.ts";

const REQUESTS = 400;
/** At a time: a machine that is too busy loses the last export of a worker, which has a second. */
const CLIENTS = 3;

/** An application of those that are tried for harm, with more arguments. */
const application = (name: string, ...more: readonly string[]): Application => {
  const found = [...pythonApplications, ...nodejsApplications].find((each) => each.name === name);
  if (found === undefined) throw new Error(`no application ${name}`);
  return { ...found, command: (place) => [...found.command(place), ...more] };
};

/** By the name of the service: workers that are spawned, forked, made anew after some requests, and Node.js' own. */
const services: Readonly<Record<string, Application>> = {
  uvicorn: application("FastAPI on uvicorn, four workers"),
  // Not in every run: on a busy machine a forked worker's counts have been seen to be missing, see docs/truth.md.
  ...(process.env["VERIFY_RESULTS"] === undefined
    ? {}
    : {
        gunicorn: application("Flask on gunicorn", "--workers", "4"),
        "gunicorn-restarts": application("Flask on gunicorn", "--workers", "3", "--max-requests", "50"),
      }),
  cluster: application("cluster of three workers"),
  "npm-start": application("npm start"),
};

describe("the requests of several workers in one pod", function () {
  this.timeout(600_000);
  const stack = new TelemetryStack(21560, { prometheus: JSON.stringify({ scrapeInterval: "1s" }) });
  const { collector, prometheus } = stack.urls;
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-workers-"));
  const running: ChildProcess[] = [];

  before(async function () {
    await requirePython(this);
    await stack.start("collector", "prometheus");
  });
  after(async () => {
    for (const { pid } of running) killGroup(pid);
    await stack.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [service, each] of Object.entries(services)) {
    it(`are all counted, and none twice: ${service}`, async () => {
      const { child, port } = await start(service, each);
      try {
        const statuses = await Promise.all(
          Array.from({ length: CLIENTS }, async (_, client) => {
            const answers: (number | undefined)[] = [];
            for (let sent = client; sent < REQUESTS; sent += CLIENTS)
              answers.push(await ask(`http://127.0.0.1:${port}/ok`));
            return answers;
          }),
        );
        assert.deepEqual(new Set(statuses.flat()), new Set([200]));
        const counted = `http_server_request_duration_seconds_count{service_name="${service}"}`;
        await eventually(async () => {
          const [sum] = await query(prometheus, `sum(${counted})`);
          assert.equal(sum?.value, REQUESTS);
        }, 30_000);
        const [processes] = await query(prometheus, `count(count by (otel_start_time) (${counted}))`);
        const what = `Requests to ${service}, ${processes?.value ?? 0} processes, by the counter`;
        noteTruth({ what, sent: REQUESTS, said: (await query(prometheus, `sum(${counted})`))[0]?.value ?? 0 });
        const [resets] = await query(prometheus, `sum(resets(${counted}[5m]))`);
        assert.equal(resets?.value, 0);
      } finally {
        killGroup(child.pid);
        await once(child, "exit");
      }
    });
  }

  /** Starts an application as its pod would, and waits until it answers. */
  async function start(service: string, each: Application): Promise<{ child: ChildProcess; port: number }> {
    const { paths } = stack;
    const python = await findPython();
    const isPython = each.language === "python";
    const place = isPython
      ? await pythonEnvironment(each.packages ?? "web", python, paths, silentReport)
      : await nodejsEnvironment(path.join(folder, service), paths, silentReport);
    const packages = isPython
      ? await ensureInjectedPackages(python, paths, silentReport)
      : await ensureNodePackages(paths, silentReport);
    const pod = await applicationPod(each, { OTEL_SERVICE_NAME: service });
    const files = mkdtempSync(path.join(folder, "files-"));
    writeMounted(pod, files);
    const env = injectedVariables(
      each,
      pod,
      { endpoint: collector, interval: 1 },
      { packages, files, more: place.places },
    );
    const port = await freePort();
    const [command = "", ...args] = each.command(place).map((word) => word.replace("$PORT", String(port)));
    const child = spawn(command, args, {
      cwd: place.folder,
      // A group of its own: its workers are ended with it.
      detached: true,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: String(port), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(child);
    const { line, count } = each.ready;
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
    await eventually(() => {
      assert.ok(said.split("\n").filter((text) => line.test(text)).length >= count, said);
      return Promise.resolve();
    }, 120_000);
    return { child, port };
  }
});

/** Ends a process and what it started; nothing when they have ended. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The status of a request with a connection of its own: else one worker would have them all. */
function ask(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.resume().on("end", () => {
        resolve(response.statusCode);
      });
    }).on("error", reject);
  });
}

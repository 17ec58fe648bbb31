import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { query } from "../../page/figures.ts";
import type { Application } from "../../review/injection/application.ts";
import { nodejsApplications } from "../harmless/applications/nodejs.ts";
import { pythonApplications } from "../harmless/applications/python.ts";
import { eventually } from "../support/eventually.ts";
import { killGroup, startInjected } from "../support/injectedApplication.ts";
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

const onUvicorn = application("Flask on gunicorn", "--workers", "2", "--worker-class", "uvicorn.workers.UvicornWorker");

/** By the name of the service: workers that are spawned, forked, made anew after some requests, forked after the application, and Node.js' own. */
const services: Readonly<Record<string, Application>> = {
  uvicorn: application("FastAPI on uvicorn, four workers"),
  gunicorn: application("Flask on gunicorn", "--workers", "4"),
  "gunicorn-restarts": application("Flask on gunicorn", "--workers", "3", "--max-requests", "50"),
  "gunicorn-threads": application("Flask on gunicorn", "--workers", "2", "--threads", "2", "--preload"),
  "gunicorn-uvicorn": {
    ...onUvicorn,
    command: (place) => onUvicorn.command(place).map((word) => word.replace("flask_app", "fastapi_app")),
    ready: { line: /Application startup complete/, count: 2 },
  },
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
      const { child, port } = await startInjected(each, {
        ...{ paths: stack.paths, collector, env: { OTEL_SERVICE_NAME: service } },
        folder: mkdtempSync(path.join(folder, "application-")),
      });
      running.push(child);
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
});

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

import assert from "node:assert/strict";
import { once } from "node:events";
import { query } from "../../page/figures.ts";
import { type Application, script } from "../../review/injection/application.ts";
import { eventually } from "../support/eventually.ts";
import { killGroup, startInjected } from "../support/injectedApplication.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { noteTruth } from "../support/truth.ts";

const python = { language: "python", packages: "web", injection: {} } as const;
const mounted: Application = {
  ...{ ...python, name: "FastAPI with an application in it", kind: "server" },
  command: ({ runtime, program }) => [runtime, program("uvicorn"), "mounted_app:app", "--port", "$PORT"],
  ready: { line: /Application startup complete/, count: 1 },
};
const users: Application = {
  ...{ ...python, name: "job with a value for each request", kind: "job" },
  command: script("users_job.py"),
  ready: { line: /^done$/, count: 1 },
};

/** Requests to each path. */
const EACH = 10;
const duration = "http_server_request_duration_seconds";

describe("the metrics of a Python application with the injected start-up", function () {
  this.timeout(300_000);
  const stack = new TelemetryStack(21600, { prometheus: JSON.stringify({ scrapeInterval: "1s" }) });
  const { collector, prometheus } = stack.urls;
  const folder = temporaryFolder();

  before(async function () {
    await requirePython(this);
    await stack.start("jaeger", "collector", "prometheus");
  });
  after(() => stack.remove());

  const value = async (expression: string) => (await query(prometheus, expression))[0]?.value ?? 0;
  const start = (application: Application, service: string) =>
    startInjected(application, {
      ...{ paths: stack.paths, folder: folder(), collector, env: { OTEL_SERVICE_NAME: service } },
    });

  it("count a request to a mounted application once, and work after an answer as no duration", async () => {
    const { child, port } = await start(mounted, "mounted");
    try {
      for (const path of ["/sub/items/7", "/later", "/slow"]) {
        for (let sent = 0; sent < EACH; sent += 1) {
          assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200);
        }
      }
      const counted = (more = "") => `sum(${duration}_count{service_name="mounted"${more}})`;
      const inTime = (route: string) =>
        `sum(${duration}_bucket{service_name="mounted",http_route="${route}",le="0.5"})`;
      await eventually(async () => {
        assert.equal(await value(counted()), 3 * EACH);
      }, 30_000);
      assert.equal(await value(counted(',http_route="/sub"')), EACH);
      // A busy machine may take its time for an answer, but not the second that each leaves behind.
      assert.ok((await value(`sum(${duration}_sum{service_name="mounted",http_route="/later"})`)) < EACH);
      assert.equal(await value(inTime("/slow")), 0);
      await eventually(async () => {
        assert.equal(await value('sum(http_server_active_requests{service_name="mounted"})'), 0);
      }, 30_000);
      const what = "Requests to FastAPI with an application mounted in it, by the counter";
      noteTruth({ what, sent: 3 * EACH, said: await value(counted()) });
    } finally {
      killGroup(child.pid);
      await once(child, "exit");
    }
  });

  it("are bounded, whatever values come from export to export, and keep their totals", async () => {
    const { child } = await start(users, "users");
    if (child.exitCode === null) await once(child, "exit");
    const counted = `${duration}_count{service_name="users"`;
    await eventually(async () => {
      assert.equal(await value(`sum(${counted}})`), 6000);
    }, 30_000);
    assert.equal(await value(`sum(${counted},http_response_status_code="500"})`), 600);
    const series = await value(`count(${counted}})`);
    assert.ok(series > 1900 && series <= 1990, `${series} series`);
    assert.equal(await value(`sum(${counted},otel_metric_overflow="true"})`), 6000 - 1900);
    noteTruth({
      what: "Requests by ever new users, by the counter",
      sent: 6000,
      said: await value(`sum(${counted}})`),
    });
  });
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { dump, load } from "js-yaml";
import { z } from "zod";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import { readAlertmanagerConfig } from "../../sandbox/telemetry/generated.ts";
import { readLiveObjects } from "../../sandbox/telemetry/liveObjects.ts";
import { sendTraffic, type PlannedRequest } from "../../sandbox/telemetry/traffic.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { eventually } from "../support/eventually.ts";
import { dashboardExpressions } from "../support/panels.ts";
import { platformSandbox, platformSettings } from "../support/platformSandbox.ts";
import { runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { countStandIns } from "../support/standInCount.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";
import { testCluster } from "../support/testCluster.ts";
import { variants } from "../../review/program/variants.ts";

/** How long the critical alert must be true before it fires: as its rule says, which is tested minute by minute in tests/alerting/, and here. */
const DELIVERED_FOR = "2m";
const FOR_SECONDS = 15;
/** From the first failure: export, scrape and recording a second each, Alertmanager another one; the rest is for a busy machine. */
const SLACK_SECONDS = 30;

const service = "python-api";
/** Of the cluster. */
const FIRST_PORT = 17620;

/** What Alertmanager sends to a webhook. */
const messageSchema = z.object({
  receiver: z.string(),
  alerts: z.array(
    z.object({
      status: z.enum(["firing", "resolved"]),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
});

/** One alert as it came, and when. */
type Received = z.infer<typeof messageSchema>["alerts"][number] & { at: number; receiver: string };

/** A group of rules, and a node of Alertmanager's tree of routes, as far as time is concerned. */
interface Group {
  rules: { alert?: string; for?: string; labels?: Record<string, string> }[];
}
interface Route {
  routes?: Route[];
}

/** Requests to the upstream, all of which fail or none, at an even rate. */
const requests = (kind: "hello" | "upstreamFailure", seconds: number, rate: number): PlannedRequest[] =>
  Array.from({ length: seconds * rate }, (_, index) => ({ at: (index * 1000) / rate, kind, path: "/hello" }));

describe("an alert, with the rules and the Alertmanager configuration that the real operator generated", function () {
  this.timeout(600_000);
  countStandIns();
  const test = testCluster(FIRST_PORT);
  const sandbox = platformSandbox(() => test().paths);
  const folder = temporaryFolder();
  const stack = new TelemetryStack(21340, {});
  const { app, upstream } = stack.urls;
  const received: Received[] = [];
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const message = messageSchema.parse(JSON.parse(body));
      for (const alert of message.alerts) received.push({ ...alert, at: Date.now(), receiver: message.receiver });
      response.end();
    });
  });
  const budgetAlert = (status: "firing" | "resolved") =>
    received.find(
      (alert) =>
        alert.status === status &&
        alert.labels.alertname === "ServiceErrorBudgetBurn" &&
        alert.labels.severity === "critical",
    );

  before(async function () {
    await requirePython(this);
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`;
    const settings = await platformSettings("dev", {
      alertmanager: {
        receivers: { hook: { type: "webhook" } },
        routes: [{ receiver: "hook" }],
        deadMansSwitch: "hook",
      },
      alertSecrets: { hook: url },
      instrumentation: { samplingRatio: 1, metricExportIntervalSeconds: 1 },
      prometheus: { scrapeInterval: "1s" },
      slo: { availability: 0.95 },
    });
    const up = await sandbox.run("up", settings);
    assert.equal(up.code, 0, up.stderr);
    Object.assign(stack.objects, await readLiveObjects(test().client));
  });
  after(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await stack.remove();
  });

  it("passes promtool and amtool as it was generated", async () => {
    const files = stack.objects.rules;
    assert.ok(Object.keys(files).length >= 2);
    const checked = await runPromtool(await promtool(), folder(), files, ["check", "rules", ...Object.keys(files)]);
    assert.ok(checked.ok, checked.output);

    const { amtool } = await ensureTools(["amtool"], stack.paths, silentReport);
    const file = join(folder(), "alertmanager.yaml");
    await writeFile(file, stack.objects.alertmanagerConfig);
    const { stdout } = await promisify(execFile)(amtool, ["check-config", file]);
    assert.match(stdout, /SUCCESS/);
    // Nobody and the hook.
    assert.match(stdout, / - 2 receivers/);
    // The check can fail.
    await writeFile(file, stack.objects.alertmanagerConfig.replaceAll("receiver: ", "receiver: not-"));
    await assert.rejects(promisify(execFile)(amtool, ["check-config", file]), /failed to validate/);
  });

  it("can go to a receiver of every kind, also with a Secret of somebody's own: the operator takes them, and amtool", async () => {
    const secret = { ...{ apiVersion: "v1", kind: "Secret" }, metadata: { name: "hook", namespace: "observability" } };
    await test().apply({ ...secret, stringData: { url: "http://127.0.0.1/" } });
    const { alertmanager = "", alertSecrets = "" } = variants["receivers of alerts"] ?? {};
    const changes = {
      alertmanager: JSON.parse(alertmanager) as unknown,
      alertSecrets: JSON.parse(alertSecrets) as unknown,
    };
    const up = await sandbox.run("up", await platformSettings("dev", changes));
    assert.equal(up.code, 0, up.stderr);
    const config = await readAlertmanagerConfig(test().client, stack.objects.alertmanager.metadata);
    for (const kind of ["slack", "msteamsv2", "webhook", "pagerduty", "email"])
      assert.match(config, new RegExp(`${kind}_configs:`));
    const file = join(folder(), "alertmanager.yaml");
    await writeFile(file, config);
    const { amtool } = await ensureTools(["amtool"], stack.paths, silentReport);
    assert.match((await promisify(execFile)(amtool, ["check-config", file])).stdout, / - 6 receivers/);
  });

  it("would be seen on the dashboards: the operator has every metric that they ask it for", async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${FIRST_PORT + 7}/metrics`)).text();
    const asked = dashboardExpressions(dashboards(parseSettings({}))).flatMap(({ expr }) =>
      [...expr.matchAll(/(prometheus_operator_\w+)\{/g)].map(([, name = ""]) => name),
    );
    assert.ok(asked.length > 0);
    for (const name of asked) assert.match(metrics, new RegExp(`^${name}[{ ]`, "m"));
  });

  it("fires when the upstream fails, and arrives at the receiver within the rule's window", async () => {
    hasten();
    await stack.start();
    const failing = Date.now();
    const arrived = new AbortController();
    const traffic = sendTraffic(
      requests("upstreamFailure", FOR_SECONDS + SLACK_SECONDS, 4),
      { app, upstream },
      () => undefined,
      arrived.signal,
    );
    await eventually(
      () => {
        assert.ok(budgetAlert("firing"), "nothing has arrived");
        return Promise.resolve();
      },
      (FOR_SECONDS + SLACK_SECONDS) * 1000,
    );
    arrived.abort();
    const { at, labels, annotations } = budgetAlert("firing") ?? assert.fail();
    const seconds = (at - failing) / 1000;
    console.log(`    arrived ${seconds.toFixed(1)} s after the first failure`);
    assert.ok(seconds >= FOR_SECONDS, "it has not waited as its rule says");
    assert.equal(labels.service_name, service);
    assert.match(annotations.summary ?? "", /^python-api fails more requests/);
    assert.match(annotations.runbook_url ?? "", /docs\/runbook\.md#serviceerrorbudgetburn$/);
    assert.equal((await traffic).unanswered, 0);
  });

  it("is over, and says so to the receiver, when the upstream answers again", async () => {
    const answering = Date.now();
    // The budget of 5 % burns six times as fast as allowed until less than 30 % of all requests are failures.
    await sendTraffic(requests("hello", 30, 60), { app, upstream }, () => undefined);
    await eventually(() => {
      assert.ok(budgetAlert("resolved"), "nothing has arrived");
      return Promise.resolve();
    }, 60_000);
    const { at } = budgetAlert("resolved") ?? assert.fail();
    console.log(`    over ${((at - answering) / 1000).toFixed(1)} s after the first good request`);
  });

  it("leaves the receiver alone otherwise, but for the dead man's switch", async () => {
    await sleep(1000);
    const names = new Set(received.map(({ labels }) => labels.alertname));
    assert.ok(names.has("Watchdog"), [...names].join());
    assert.deepEqual([...new Set(received.map((alert) => alert.receiver))].length, 1);
    // What cannot be in the sandbox is missing there, and its alerts wait longer than this test.
    assert.deepEqual([...names].sort(), ["ServiceErrorBudgetBurn", "Watchdog"]);
  });

  /** Everything that only paces the programs becomes a second, and the critical alert waits for seconds; what it waits for stays. */
  function hasten(): void {
    const { objects } = stack;
    for (const [file, text] of Object.entries(objects.rules)) {
      const { groups } = load(text) as { groups: Group[] };
      const alert = groups
        .flatMap(({ rules }) => rules)
        .find(({ alert: name, labels }) => name === "ServiceErrorBudgetBurn" && labels?.severity === "critical");
      if (alert !== undefined) {
        assert.equal(alert.for, DELIVERED_FOR);
        alert.for = `${FOR_SECONDS}s`;
      }
      objects.rules[file] = dump({ groups: groups.map((group) => ({ ...group, interval: "1s" })) });
    }
    const config = load(objects.alertmanagerConfig) as { route: Route };
    const paced = (route: Route): Route => ({
      ...route,
      ...{ group_wait: "1s", group_interval: "1s" },
      ...(route.routes === undefined ? {} : { routes: route.routes.map(paced) }),
    });
    objects.alertmanagerConfig = dump({ ...config, route: paced(config.route) });
  }
});

import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { parseSettings } from "../../settings/read.ts";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { dashboards } from "../../dashboards/index.ts";
import { withVariables } from "../../dashboards/withVariables.ts";
import { platformRules } from "../../rules/index.ts";
import { runningServices } from "../../rules/serviceRunning.ts";
import { series } from "../../rules/serviceSeries.ts";
import { ordersDashboard } from "../../stacks/team-api/ordersDashboard.ts";
import { query, readFigures } from "../../page/figures.ts";
import { describeView, readView } from "../../page/see.ts";
import { findTraces } from "../../page/traces.ts";
import type { Trace } from "../../page/model/trace.ts";
import { planTraffic, sendTraffic } from "../../sandbox/telemetry/traffic.ts";
import { eventually } from "../support/eventually.ts";
import { filledIn, modelOf } from "../support/panels.ts";
import { teamObjects, teamRules } from "../../review/program/teamObjects.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const config = {
  instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};
const services = ["orders-api", "python-api"];

/** Ten seconds of the mix: ten of every 27 hello, seven items, seven orders and each failure once. */
const plan = planTraffic(10.8, 25, true);
const ORDERS = 70;

describe("two APIs in two languages", function () {
  this.timeout(600_000);

  const stack = new TelemetryStack(21380, config);
  const { app, upstream, ordersApi, jaeger, prometheus } = stack.urls;

  before(async function () {
    await requirePython(this);
    stack.objects.ordersApi = await teamObjects();
    const rules = { ...platformRules(parseSettings(config)), ...(await teamRules()) };
    stack.objects.rules = Object.fromEntries(
      Object.entries(rules).map(([name, groups]) => [
        `${name}.yaml`,
        // At once, not at the pace of a cluster.
        dump({ groups: groups.map((group) => ({ ...group, interval: "1s" })) }),
      ]),
    );
    await stack.start();
    const { statuses, unanswered } = await sendTraffic(plan, { app, upstream, ordersApi }, () => undefined);
    assert.deepEqual({ statuses, unanswered }, { statuses: { 200: 240, 404: 10, 422: 10, 502: 10 }, unanswered: 0 });
  });
  after(() => stack.remove());

  /** The service and kind of each span, and how deep it is, without what Node.js does below HTTP. */
  const outline = ({ spans }: Trace) =>
    spans
      .filter(({ kind }) => kind === "server" || kind === "client")
      .map(({ service, kind, name }) => `${service} ${kind} ${name}`);

  it("have one trace for an order, through both, with the second below the first", async () => {
    await eventually(async () => {
      const traces = await findTraces(jaeger, { service: "orders-api", limit: 1000 });
      const orders = traces.filter(({ spans }) => spans[0]?.attributes["url.path"]?.startsWith("/orders/"));
      assert.equal(orders.length, ORDERS);
      for (const order of orders) {
        assert.deepEqual(outline(order), [
          "orders-api server GET",
          "orders-api client GET",
          "python-api server GET /items/{item_id}",
        ]);
        const depths = order.spans.filter(({ kind }) => kind === "server").map(({ depth }) => depth);
        assert.ok((depths[0] ?? 0) < (depths[1] ?? 0));
      }
    }, 30_000);
  });

  it("say that they run by what they send without a request too", async () => {
    await eventually(async () => {
      const found = (await query(prometheus, runningServices)).map(({ labels }) => labels);
      for (const [service_name, k8s_namespace_name] of [
        ["orders-api", "team-api"],
        ["python-api", "python-api"],
      ] as const)
        assert.ok(
          found.some((each) => each.service_name === service_name && each.k8s_namespace_name === k8s_namespace_name),
        );
    }, 30_000);
  });

  it("are both in Prometheus, with the requests that were sent", async () => {
    await eventually(async () => {
      const { routes } = await readFigures(prometheus, "python-api");
      const items = routes.find(({ route, status }) => route === "/items/{item_id}" && status === "200");
      // Orders ask for an item each.
      assert.equal(items?.total, 2 * ORDERS);
      // The exports of the SDK are counted too, as POST.
      const [calls] = await query(
        prometheus,
        'sum(http_client_request_duration_seconds_count{service_name="orders-api",http_request_method="GET"})',
      );
      assert.equal(calls?.value, ORDERS);
    }, 30_000);
    const found = await query(
      prometheus,
      "count by (service_name, k8s_namespace_name) (http_server_request_duration_seconds_count)",
    );
    assert.deepEqual(
      found.map(({ labels }) => `${labels.k8s_namespace_name ?? ""}/${labels.service_name ?? ""}`).sort(),
      ["python-api/python-api", "team-api/orders-api"],
    );
  });

  it("are scraped by the team's own monitor, for what the API counts itself", async () => {
    await eventually(async () => {
      const counters = await query(prometheus, "orders_total");
      assert.deepEqual(
        counters.map(({ labels: { outcome, job, namespace }, value }) => ({ outcome, job, namespace, value })),
        [
          { outcome: "found", job: "orders-api", namespace: "team-api", value: ORDERS },
          { outcome: "failed", job: "orders-api", namespace: "team-api", value: 0 },
        ],
      );
    }, 10_000);
  });

  it("have an error budget each: orders-api its own, python-api the platform's", async () => {
    await eventually(async () => {
      const found = await query(prometheus, series.errorBudget);
      assert.deepEqual(Object.fromEntries(found.map(({ labels, value }) => [labels.service_name, value])), {
        "orders-api": 0.001,
        "python-api": 0.005,
      });
      const [late] = await query(prometheus, `count by (service_name) (${series.slowRatio("5m")})`);
      assert.equal(late?.value, 1);
    }, 30_000);
  });

  it("are both on the platform's dashboards", async () => {
    const all = dashboards(parseSettings(config)).map(modelOf);
    const exprsOf = (uid: string) =>
      (all.find((dashboard) => dashboard.uid === uid)?.panels ?? []).flatMap(({ targets = [] }) =>
        targets.map(({ expr = "" }) => expr),
      );
    const variables = { __rate_interval: "1m", namespace: ".*", service: "orders-api", route: ".*" };
    const overview = exprsOf(dashboardUids.services).filter((expr) => /by \(.*service_name/.test(expr));
    assert.ok(overview.length > 3);
    await eventually(async () => {
      for (const expr of overview) {
        const found = await query(prometheus, withVariables(expr, { ...variables, service: ".*" }));
        const names = new Set(found.map(({ labels }) => labels.service_name));
        assert.deepEqual([...names].sort(), services, expr);
      }
    }, 60_000);
    const ofApi = exprsOf(dashboardUids.api);
    const results = await Promise.all(ofApi.map((expr) => query(prometheus, withVariables(expr, variables))));
    const empty = ofApi.filter((_, index) => results[index]?.length === 0);
    // The instrumentation of Node.js has no such metrics; a window of days has its first value at the next ten minutes of the clock.
    assert.deepEqual(
      empty.filter(
        (expr) => !/\b(http_server_active_requests|process_\w+|cpython_\w+|service:\w+:rate3d)\{/.test(expr),
      ),
      [],
    );
    assert.ok(ofApi.length - empty.length > 15, `${ofApi.length} expressions, ${empty.length} without data`);
  });

  it("fill every panel of the team's own dashboard", async () => {
    const { panels } = modelOf({ dashboard: JSON.parse(ordersDashboard().json) as object });
    for (const { title, targets = [] } of panels) {
      for (const { expr = "" } of targets) {
        assert.ok((await query(prometheus, filledIn(expr))).length > 0, `${title}: ${expr}`);
      }
    }
  });

  it("are both what see shows: one trace through both, and the figures of each", async () => {
    const lines = describeView(await readView({ jaeger, prometheus, app, logs: undefined }, services));
    const text = lines.join("\n");
    assert.match(
      text,
      /^ {2}orders-api: GET +server .*\n(.*\n)* +orders-api: GET +client .*\n(.*\n)* +python-api: GET \/items/m,
    );
    for (const service of services) assert.ok(lines.includes(`${service}:`), text);
  });
});

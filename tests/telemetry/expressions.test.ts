import assert from "node:assert/strict";
import { z } from "zod";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import { platformRules } from "../../rules/index.ts";
import { getJson } from "../../page/http.ts";
import { planTraffic, sendTraffic } from "../../sandbox/telemetry/traffic.ts";
import { eventually } from "../support/eventually.ts";
import { checkExpression, type CheckedExpression } from "../support/expressionCheck.ts";
import { ruleFile } from "../support/promtool.ts";
import { dashboardExpressions } from "../support/panels.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

const config = {
  instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds: 1 }),
  prometheus: JSON.stringify({ scrapeInterval: "1s" }),
};
const settings = parseSettings(config);

/** Series that no program of the sandbox has, by a part of their selectors, and why. */
const missing: Readonly<Record<string, string>> = {
  'job="kubelet"': "pods are simulated: there is no kubelet, and no volume",
  'job="kube-state-metrics"': "kube-state-metrics has a test of its own, against a real API server",
  'job="victoria-logs"': "nothing scrapes the sandbox's store of logs",
  "logs-collector": "the agent has tests of its own, on files in the runtime's format",
  log_records_total: "is counted by the agent",
  log_errors_total: "is counted by the agent",
  log_cuts_total: "is counted by the agent",
  kube_: "kube-state-metrics has a test of its own, against a real API server",
  "workload:pod:info": "is made of what kube-state-metrics says",
  container_: "pods are simulated: no kubelet says what they use",
  certmanager_: "cert-manager is simulated",
  'job="grafana-service"': "Grafana is simulated",
  "opentelemetry-operator-controller-manager-metrics-service": "the operator is simulated",
  'job="prometheus-operator"': "nothing scrapes the sandbox's operator",
  "service:slo_own:info": "no API here has objectives of its own",
  nodejs_: "only the second team's API is a Node.js program",
  v8js_: "only the second team's API is a Node.js program",
  otel_metric_overflow: "is only there for a service over the limit",
  otelcol_exporter_send_failed_: "is only there after the first failure",
  otelcol_exporter_enqueue_failed_: "is only there after the first failure",
  "rule_group:failed:timestamp_seconds": "is only there after the first failure",
  prometheus_remote_storage_: "no Prometheus here writes to another store",
  "grafana-operator-metrics-service": "the operator is simulated",
  'job="cert-manager"': "cert-manager is simulated",
  'error_type!=""': "no API here fails without a status",
  '__name__="http_server_request_duration_seconds"': "no API here has exponential histograms",
  "service:established:info": "takes half an hour",
  "service:http_server_requests:min1d": "takes a day",
};

/** Whether a rule's name or a selector is of what is recorded in some minutes only: those in which a process is new, or a gap has ended. */
const isMomentary = (text: string) => /:(unknown|anew|increase_of_gap|gap_seconds|gap_end_time)("|$)/.test(text);

const panels = dashboardExpressions(dashboards(settings));
const rules = Object.values(platformRules(settings)).flatMap((groups) =>
  groups.flatMap((group) =>
    group.rules.map((rule) => ({
      where: `${group.name} / ${"alert" in rule ? `alert ${rule.alert}` : rule.record}`,
      expr: rule.expr,
    })),
  ),
);

describe("the expressions of dashboards and rules", function () {
  this.timeout(600_000);

  const stack = new TelemetryStack(21440, config);
  const { app, upstream, jaeger, prometheus } = stack.urls;
  const isAlert = (where: string) => where.includes(" / alert ");
  const reasonFor = (selector: string) => Object.keys(missing).find((part) => selector.includes(part));
  const checked: CheckedExpression[] = [];

  before(async function () {
    await requirePython(this);
    stack.objects.rules = Object.fromEntries(
      Object.entries(platformRules(settings)).map(([name, groups]) => [
        `${name}.yaml`,
        // At once, not at the pace of a cluster.
        ruleFile(groups.map((group) => ({ ...group, interval: "2s" }))),
      ]),
    );
    await stack.start();
    // The collector counts spans every 3 s here, and only the second count is a rate.
    await sendTraffic(planTraffic(15, 28), { app, upstream }, () => undefined);
    await eventually(async () => {
      const expr = "sum(rate(traces_span_metrics_calls_total[1m])) > 0";
      assert.ok((await checkExpression(prometheus, { where: "", expr })).result);
      const long = 'service:http_server_error_ratio:rate3d{service_name="python-api"}';
      assert.ok((await checkExpression(prometheus, { where: "", expr: long })).result);
    }, 120_000);
    for (const expression of [...panels, ...rules]) checked.push(await checkExpression(prometheus, expression));
  });
  after(() => stack.remove());

  it("are many", () => {
    assert.ok(panels.length > 80 && rules.length > 40, `${panels.length} of panels, ${rules.length} of rules`);
  });

  it("look for series that are there, or for such that the sandbox cannot have", () => {
    const lost = checked.flatMap(({ where, unmatched }) =>
      unmatched
        .filter((selector) => reasonFor(selector) === undefined && !isMomentary(selector))
        .map((selector) => `${where}: ${selector}`),
    );
    assert.deepEqual(lost, []);
    const used = new Set(checked.flatMap(({ unmatched }) => unmatched.map(reasonFor)));
    used.delete(undefined);
    assert.deepEqual(used, new Set(Object.keys(missing)), "a reason that nothing needs any more");
  });

  it("have a result on every panel and in every record whose series are there", () => {
    const empty = checked.filter(
      ({ where, result, unmatched }) =>
        !isAlert(where) && !isMomentary(where) && !result && unmatched.length === 0 && reasonFor(where) === undefined,
    );
    assert.deepEqual(
      empty.map(({ where, expr }) => `${where}: ${expr}`),
      [],
    );
  });

  it("lack data in at most 20 of 100, but for those about the cluster itself", () => {
    const ofCluster = ["kube_", "workload:pod:info", "container_", 'job="kubelet"'];
    const ofPrograms = checked.filter(
      ({ where, unmatched }) =>
        !isMomentary(where) && !unmatched.some((selector) => ofCluster.some((part) => selector.includes(part))),
    );
    assert.ok(ofPrograms.length > 120);
    // An alert has a result when it fires; until then it is enough that what it looks at is there.
    const lacking = ofPrograms.filter(({ where, result, unmatched }) =>
      isAlert(where) ? unmatched.length > 0 : !result,
    );
    console.log(`    ${ofPrograms.length} expressions ran, ${lacking.length} lack data in the sandbox`);
    assert.ok(lacking.length <= ofPrograms.length * 0.2, lacking.map(({ where }) => where).join("\n"));
  });

  it("leave Jaeger's page Monitor its figures too, in the milliseconds that it takes them for", async () => {
    const metrics = z.object({
      metrics: z.array(
        z.object({
          metricPoints: z.array(z.object({ gaugeValue: z.object({ doubleValue: z.union([z.number(), z.string()]) }) })),
        }),
      ),
    });
    /** The highest of the page's values; a time without requests has none. */
    const highest = async (figure: string, more: Readonly<Record<string, string>> = {}) => {
      const times = { endTs: String(Date.now()), lookback: "120000", step: "5000", ratePer: "60000" };
      const query = new URLSearchParams({ service: "python-api", spanKind: "server", ...times, ...more });
      const found = metrics.parse(await getJson(`${jaeger}/api/metrics/${figure}?${query.toString()}`));
      const values = found.metrics.flatMap(({ metricPoints }) =>
        metricPoints.map(({ gaugeValue }) => Number(gaugeValue.doubleValue)),
      );
      return Math.max(...values.filter((value) => Number.isFinite(value)));
    };
    const calls = await highest("calls");
    const errors = await highest("errors");
    assert.ok(calls > 1 && calls < 100, `${calls} calls per second`);
    assert.ok(errors > 0 && errors < 0.5, `${errors} of the calls failed`);
    const duration = await highest("latencies", { quantile: "0.95" });
    assert.ok(duration > 1 && duration < 10_000, `${duration} ms`);
  });
});

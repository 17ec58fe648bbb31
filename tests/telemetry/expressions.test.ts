import assert from "node:assert/strict";
import { z } from "zod";
import { parseSettings } from "../../components/settings.ts";
import { dashboards } from "../../dashboards/index.ts";
import { platformRules } from "../../rules/rules.ts";
import { getJson } from "../../sandbox/telemetry/http.ts";
import { planTraffic, sendTraffic } from "../../sandbox/telemetry/traffic.ts";
import { eventually } from "../support/eventually.ts";
import { checkExpression, type CheckedExpression } from "../support/expressionCheck.ts";
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
  kubelet_volume_stats_: "pods are simulated: there is no kubelet, and no volume",
  certmanager_: "cert-manager is simulated",
  'job="grafana-service"': "Grafana is simulated",
  "opentelemetry-operator-controller-manager-metrics-service": "the operators are simulated",
  'job="prometheus-operator"': "the operators are simulated",
  'job="alertmanager-operated"': "no Alertmanager runs beside the telemetry programs",
  otelcol_exporter_send_failed_: "is only there after the first failure",
  otelcol_exporter_enqueue_failed_: "is only there after the first failure",
};

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

  const stack = new TelemetryStack(config);
  const { app, upstream, jaeger, prometheus } = stack.urls;
  const reasonFor = (selector: string) => Object.keys(missing).find((part) => selector.includes(part));
  const checked: CheckedExpression[] = [];

  before(async function () {
    await requirePython(this);
    stack.objects.rules = Object.entries(platformRules(settings)).map(([name, groups]) => ({
      metadata: { name, namespace: "observability" },
      // At once, not at the pace of a cluster.
      spec: { groups: groups.map((group) => ({ ...group, interval: "1s" })) },
    }));
    await stack.start();
    await sendTraffic(planTraffic(20, 20), { app, upstream }, () => undefined);
    // The collector counts spans every 15 s, and a rate needs two samples.
    await eventually(async () => {
      const calls = await checkExpression(prometheus, { where: "", expr: "rate(traces_span_metrics_calls_total[1m])" });
      assert.ok(calls.result);
    }, 60_000);
    for (const expression of [...panels, ...rules]) checked.push(await checkExpression(prometheus, expression));
  });
  after(() => stack.remove());

  it("are many", () => {
    assert.ok(panels.length > 80 && rules.length > 40, `${panels.length} of panels, ${rules.length} of rules`);
  });

  it("look for series that are there, or for such that the sandbox cannot have", () => {
    const lost = checked.flatMap(({ where, unmatched }) =>
      unmatched.filter((selector) => reasonFor(selector) === undefined).map((selector) => `${where}: ${selector}`),
    );
    assert.deepEqual(lost, []);
  });

  it("have a result on every panel and in every record whose series are there", () => {
    const empty = checked.filter(({ where, result, unmatched }) => {
      // An alert has a result when it fires.
      return !result && unmatched.length === 0 && !where.includes(" / alert ");
    });
    assert.deepEqual(
      // The watchdog alone fires here.
      empty.map(({ where, expr }) => `${where}: ${expr}`),
      [],
    );
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
    const [calls, errors] = [await highest("calls"), await highest("errors")];
    assert.ok(calls > 1 && calls < 100, `${calls} calls per second`);
    assert.ok(errors > 0 && errors < 0.5, `${errors} of the calls failed`);
    const duration = await highest("latencies", { quantile: "0.95" });
    assert.ok(duration > 1 && duration < 10_000, `${duration} ms`);
  });

  it("lack data in at most 15 of 100, each for a known reason", () => {
    const lacking = checked.filter(({ unmatched }) => unmatched.length > 0);
    console.log(`    ${checked.length} expressions ran, ${lacking.length} look for what the sandbox does not have`);
    assert.ok(lacking.length <= checked.length * 0.15, lacking.map(({ where }) => where).join("\n"));
    const used = new Set(lacking.flatMap(({ unmatched }) => unmatched.map(reasonFor)));
    assert.deepEqual(used, new Set(Object.keys(missing)), "a reason that nothing needs any more");
  });
});

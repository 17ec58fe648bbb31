import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { severities } from "../../settings/windows.ts";
import { platformRules } from "../../rules/index.ts";
import { off } from "../../review/program/variants.ts";

const alertsOf = (config: Record<string, string>) =>
  Object.values(platformRules(parseSettings(config)))
    .flat()
    .flatMap((group) => group.rules)
    .flatMap((rule) => ("alert" in rule ? [rule] : []));

describe("platformRules", () => {
  it("give every alert a severity, a summary, a description and a runbook", () => {
    for (const { alert, labels, annotations } of alertsOf({})) {
      assert.ok((severities as readonly string[]).includes(labels.severity ?? ""), alert);
      assert.deepEqual(Object.keys(annotations), ["summary", "description", "runbook_url"], alert);
      assert.ok(annotations.summary && annotations.description, alert);
    }
  });

  it("name no label in a message that only the rule has: it would be empty", () => {
    for (const { alert, expr, labels, annotations } of alertsOf({})) {
      const text = Object.values(annotations).join(" ");
      for (const [, label = ""] of text.matchAll(/\$labels\.(\w+)/g)) {
        const own = label in labels && !labels[label]?.includes("$labels") && !expr.includes(label);
        assert.ok(!own, `${alert}: ${label}`);
      }
    }
  });

  it("have groups of different names: Prometheus' own metrics name them", () => {
    const names = Object.values(platformRules(parseSettings({}))).flatMap((groups) => groups.map(({ name }) => name));
    assert.equal(new Set(names).size, names.length);
  });

  for (const [part, alert] of [
    ["jaeger", "JaegerUnavailable"],
    ["grafana", "GrafanaUnavailable"],
    ["certManager", "CertificateExpiresSoon"],
  ] as const) {
    it(`leave ${alert} out where ${part} is elsewhere`, () => {
      const elsewhere = JSON.stringify({ endpoint: "jaeger:4317", url: "http://jaeger" });
      const config = { parts: off(part), ...(part === "jaeger" ? { jaeger: elsewhere } : {}) };
      assert.ok(alertsOf({}).some((rule) => rule.alert === alert));
      assert.ok(!alertsOf(config).some((rule) => rule.alert === alert));
    });
  }

  it("look for Jaeger where the engine puts it", () => {
    const job = (config: Record<string, string>) =>
      alertsOf(config).find(({ alert }) => alert === "JaegerUnavailable")?.labels.job;
    assert.equal(job({}), "jaeger-collector-monitoring");
    assert.equal(job({ jaegerEngine: "operator" }), "observability/jaeger");
  });

  it("know the memory limits of the settings", () => {
    const limits = alertsOf({ collector: JSON.stringify({ memoryLimit: "1Gi" }), jaegerEngine: "operator" })
      .filter(({ alert }) => alert === "CollectorMemoryNearLimit")
      .map(({ expr }) => expr);
    assert.deepEqual(limits, [
      'otelcol_process_memory_rss_bytes{namespace="observability",job="otel-collector-monitoring"} / 1073741824 > 0.9',
    ]);
  });
});

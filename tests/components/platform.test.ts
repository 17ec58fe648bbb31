import assert from "node:assert/strict";
import { find, programRun } from "../../review/program/runs.ts";
import { variants } from "../../review/program/variants.ts";

interface Specs {
  exporter: { endpoint: string };
  datasource: { url: string };
  config: { exporters: Record<string, { endpoint: string }> };
}

const spec = async (config: Record<string, string> | undefined, kind: string, name: string) =>
  find(await programRun(config), kind, `${kind}-${name}`).inputs["spec"] as Specs;

/** What the platform tells its parts of each other; what depends on what is in tests/program. */
describe("Platform", () => {
  it("gives the collector to the Instrumentation", async () => {
    const { exporter } = await spec({}, "Instrumentation", "python");
    assert.equal(exporter.endpoint, (await programRun()).outputs["collectorOtlpHttp"]);
  });

  for (const [variant, endpoint, url] of [
    [
      "the defaults",
      "jaeger-collector.observability.svc:4317",
      "http://jaeger-collector-extension.observability.svc:16686",
    ],
    ["engine operator", "simplest-collector.observability.svc:4317", "http://simplest-query.observability.svc:16686"],
    ["without Jaeger", "jaeger.example.org:4317", "https://jaeger.example.org"],
  ] as const) {
    it(`gives Jaeger to the collector and to Grafana: ${variant}`, async () => {
      const { config } = await spec(variants[variant], "OpenTelemetryCollector", "otel");
      assert.equal(config.exporters["otlp_grpc/jaeger"]?.endpoint, endpoint);
      assert.equal((await spec(variants[variant], "GrafanaDatasource", "jaeger")).datasource.url, url);
    });
  }

  it("gives Prometheus to Grafana", async () => {
    const { datasource } = await spec({}, "GrafanaDatasource", "prometheus");
    assert.equal(datasource.url, "http://prometheus.observability.svc:9090");
  });
});

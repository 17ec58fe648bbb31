import assert from "node:assert/strict";
import { jaegerConfig } from "../../../components/backends/jaegerConfig.ts";
import { parseSettings } from "../../../settings/read.ts";
import { collectorConfig } from "../../../components/telemetry/collectorConfig.ts";
import { selfTelemetry } from "../../../components/telemetry/selfTelemetry.ts";

describe("selfTelemetry", () => {
  it("shows metrics to the whole cluster on a port of their own, by the names that the rules use", () => {
    const [reader] = selfTelemetry.metrics.readers;
    assert.deepEqual(reader?.pull.exporter.prometheus, {
      host: "0.0.0.0",
      port: 8888,
      without_scope_info: true,
      without_type_suffix: false,
      without_units: false,
    });
  });

  it("is the same for the collector and for Jaeger", () => {
    const settings = {
      memoryLimit: "512Mi",
      messageSpans: false,
      ignoredPaths: [],
      gaugeSeconds: 150,
      cluster: { clusterName: "", environment: "" },
      debug: false,
    };
    const collector = collectorConfig({ ...settings, jaegerEndpoint: "jaeger:4317", logs: undefined, patterns: [] });
    for (const { service } of [collector, jaegerConfig(parseSettings({}).jaeger, { metrics: { url: "" } })]) {
      assert.equal(service.telemetry, selfTelemetry);
    }
  });
});

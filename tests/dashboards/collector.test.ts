import assert from "node:assert/strict";
import { settingsSchema } from "../../settings/schema.ts";
import { collectorConfig } from "../../components/telemetry/collectorConfig.ts";
import { collectorDashboard } from "../../dashboards/collector.ts";
import { modelOf } from "../support/panels.ts";

describe("the collector's dashboard", () => {
  it("says from which share of its memory on the collector refuses data", () => {
    const settings = {
      memoryLimit: "1000Mi",
      messageSpans: false,
      ignoredPaths: [],
      gaugeSeconds: 150,
      cluster: { clusterName: "", environment: "" },
      debug: false,
    };
    const { processors = {} } = collectorConfig({
      ...settings,
      jaegerEndpoint: "jaeger:4317",
      logs: undefined,
      patterns: [],
    });
    const share = (limiter: string) => {
      const { limit_mib, spike_limit_mib } = processors[limiter] as Record<string, number>;
      return ((limit_mib ?? 0) - (spike_limit_mib ?? 0)) / 10;
    };
    const { panels } = modelOf(collectorDashboard(settingsSchema.parse({}).collector));
    const description = panels.find(({ title }) => title === "Memory, fullest pod")?.description ?? "";
    const refuses = `refuses spans from ${share("memory_limiter")} % on, metrics from ${share("memory_limiter/metrics")} %`;
    assert.ok(description.includes(refuses));
  });
});

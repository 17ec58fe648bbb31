import assert from "node:assert/strict";
import { settingsSchema } from "../../components/settingsSchema.ts";
import { collectorConfig } from "../../components/telemetry/collectorConfig.ts";
import { collectorDashboard } from "../../dashboards/collector.ts";
import { modelOf } from "../support/panels.ts";

describe("the collector's dashboard", () => {
  it("says from which share of its memory on the collector refuses data", () => {
    const { processors = {} } = collectorConfig({ memoryLimit: "1000Mi", jaegerEndpoint: "jaeger:4317", debug: false });
    const limiter = processors["memory_limiter"] as { limit_mib: number; spike_limit_mib: number };
    const { panels } = modelOf(collectorDashboard(settingsSchema.parse({}).collector));
    const description = panels.find(({ title }) => title === "Memory, fullest pod")?.description ?? "";
    assert.ok(description.includes(`refuses data from ${(limiter.limit_mib - limiter.spike_limit_mib) / 10} %`));
  });
});

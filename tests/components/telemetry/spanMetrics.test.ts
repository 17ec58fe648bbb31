import assert from "node:assert/strict";
import { collectorConfig } from "../../../components/telemetry/collectorConfig.ts";
import { operationsPerService, spanMetricsConnectors } from "../../../components/telemetry/spanMetrics.ts";

const { processors = {}, service } = collectorConfig({
  ...{
    memoryLimit: "512Mi",
    jaegerEndpoint: "jaeger:4317",
    messageSpans: false,
    ignoredPaths: [],
    gaugeSeconds: 150,
    cluster: { clusterName: "", environment: "" },
    logs: undefined,
    patterns: [],
    debug: false,
  },
});

describe("the metrics of spans", () => {
  it("have a limit of names for a service, not for each of its pods", () => {
    const { span_metrics: byOperation } = spanMetricsConnectors;
    assert.equal(byOperation.aggregation_cardinality_limit, operationsPerService);
    for (const { resource_metrics_key_attributes: key } of Object.values(spanMetricsConnectors)) {
      assert.ok(key.includes("service.name") && key.includes("k8s.namespace.name"));
      assert.ok(!key.some((attribute) => /pod|instance/.test(attribute)), key.join());
    }
  });

  it("are at most 40,000 series of a service: a name has a count, a sum, a counter and the buckets with the last", () => {
    const { buckets } = spanMetricsConnectors.span_metrics.histogram.explicit;
    assert.ok(operationsPerService * (buckets.length + 1 + 3) <= 40_000);
  });

  it("are counted for the service as a whole too, which needs no limit", () => {
    const ofService = spanMetricsConnectors["span_metrics/services"];
    assert.ok(ofService.exclude_dimensions.includes("span.name"));
    assert.ok(!("aggregation_cardinality_limit" in ofService));
    assert.notEqual(ofService.namespace, "traces.span.metrics");
  });

  it("come from all spans that reach Jaeger, and carry no pod and no instance", () => {
    const ids = Object.keys(spanMetricsConnectors);
    const { pipelines } = service;
    assert.deepEqual(pipelines["traces"]?.exporters, ["otlp_grpc/jaeger", ...ids]);
    assert.deepEqual(pipelines["metrics/spans"]?.receivers, ids);
    assert.ok(pipelines["metrics/spans"].processors?.includes("transform/service"));
    assert.match(JSON.stringify(processors["transform/service"]), /keep_keys\(attributes, \[\\"service\.name\\",/);
  });
});

import assert from "node:assert/strict";
import { collectorSpec } from "../../../components/telemetry/collector.ts";
import { tailSamplerSpec } from "../../../components/telemetry/tailSampler.ts";
import { parseSettings } from "../../../settings/read.ts";

const settingsFor = (tailSampling: object) =>
  parseSettings({
    collector: JSON.stringify({ tailSampling: { enabled: true, ...tailSampling } }),
    instrumentation: '{"samplingRatio":1}',
    masking: '{"patterns":["secret"]}',
  });
const jaegerEndpoint = "jaeger.example:4317";
const specFor = (tailSampling: object = {}) => tailSamplerSpec({ settings: settingsFor(tailSampling), jaegerEndpoint });
const processorsFor = (tailSampling: object) => specFor(tailSampling).config.processors as Record<string, object>;

describe("tailSamplerSpec", () => {
  it("is a Deployment of as many pods as are set, one of which may go at a time", () => {
    const { mode, replicas, podDisruptionBudget, topologySpreadConstraints, resources } = specFor({
      replicas: 3,
      memoryLimit: "2Gi",
    });
    assert.deepEqual([mode, replicas, podDisruptionBudget], ["deployment", 3, { maxUnavailable: 1 }]);
    assert.equal(topologySpreadConstraints?.length, 2);
    assert.deepEqual(resources, { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "2Gi" } });
  });

  it("has no rights, as the other collectors", () => {
    const { podSecurityContext, securityContext } = specFor();
    const collector = collectorSpec({ settings: settingsFor({}), jaegerEndpoint, logs: undefined });
    assert.equal(podSecurityContext?.runAsNonRoot, true);
    assert.deepEqual([podSecurityContext, securityContext], [collector.podSecurityContext, collector.securityContext]);
    assert.equal(securityContext?.readOnlyRootFilesystem, true);
  });

  it("has no budget for a single pod, which would hold up who drains its node", () => {
    assert.equal(specFor({ replicas: 1 }).podDisruptionBudget, undefined);
  });

  it("keeps what failed, what was slow, and a share of the rest", () => {
    const { tail_sampling } = processorsFor({ keepPercentage: 5, slowMilliseconds: 700, waitSeconds: 20 });
    const { decision_wait, policies } = tail_sampling as { decision_wait: string; policies: object[] };
    assert.equal(decision_wait, "20s");
    assert.deepEqual(policies, [
      { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
      { name: "slow", type: "latency", latency: { threshold_ms: 700 } },
      { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 5 } },
    ]);
  });

  it("holds what its memory allows: it refuses spans first, and drops traces that are undecided only of very small ones", () => {
    const { memory_limiter, tail_sampling } = processorsFor({ memoryLimit: "1Gi" });
    assert.deepEqual(memory_limiter, { check_interval: "100ms", limit_mib: 819, spike_limit_mib: 307 });
    const { num_traces, decision_cache } = tail_sampling as { num_traces: number; decision_cache: object };
    assert.equal(num_traces, 262_144);
    assert.deepEqual(decision_cache, { sampled_cache_size: 131_072, non_sampled_cache_size: 131_072 });
  });

  it("limits memory first, and sends what is kept to Jaeger", () => {
    const { pipelines } = specFor().config.service;
    assert.deepEqual(pipelines, {
      traces: {
        receivers: ["otlp"],
        processors: ["memory_limiter", "tail_sampling", "batch"],
        exporters: ["otlp_grpc/jaeger"],
      },
    });
  });
});

describe("collectorSpec, in front of it", () => {
  const { config } = collectorSpec({ settings: settingsFor({}), jaegerEndpoint, logs: undefined });

  it("makes metrics of all spans, masks them, and sends them to the second tier", () => {
    const { traces } = config.service.pipelines;
    assert.deepEqual(traces?.exporters, ["load_balancing", "span_metrics", "span_metrics/services"]);
    assert.deepEqual(traces.processors?.slice(-3), ["redaction/marks", "transform/masking", "batch"]);
    assert.match(JSON.stringify(config.exporters), /"otel-sampling-collector-headless\.observability\.svc"/);
    assert.ok(!("otlp_grpc/jaeger" in config.exporters));
  });

  it("has the pipelines of metrics that it has without it", () => {
    const without = collectorSpec({ settings: parseSettings({}), jaegerEndpoint, logs: undefined }).config.service;
    const { traces } = without.pipelines;
    assert.deepEqual({ ...config.service.pipelines, traces }, without.pipelines);
  });
});

import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { collectorSpec } from "../../../components/telemetry/collector.ts";

const specFor = (collector: string) =>
  collectorSpec({
    settings: parseSettings({ collector }),
    jaegerEndpoint: "jaeger:4317",
    logs: undefined,
  });

describe("collectorSpec", () => {
  it("is a Deployment of the contrib image that nobody runs as root", () => {
    const { mode, image, podSecurityContext, securityContext } = specFor("{}");
    assert.equal(mode, "deployment");
    assert.match(image, /opentelemetry-collector-contrib:\d/);
    assert.deepEqual([podSecurityContext?.runAsNonRoot, securityContext?.readOnlyRootFilesystem], [true, true]);
  });

  it("has the operator make no monitors: the stack's own do not tell pods of the collector apart", () => {
    assert.equal(specFor("{}").observability.metrics.enableMetrics, false);
  });

  it("takes its size from the settings", () => {
    const { replicas, resources } = specFor('{"replicas":3,"memoryLimit":"1Gi"}');
    assert.deepEqual([replicas, resources.limits], [3, { memory: "1Gi" }]);
  });

  it("keeps an application on one of several pods: counted by two, its metrics would be doubled", () => {
    assert.equal(specFor('{"replicas":2}').sessionAffinity, "ClientIP");
    assert.equal(specFor("{}").sessionAffinity, undefined);
  });

  it("grows with the load of its processors, by what is requested of them", () => {
    const { replicas, autoscaler, resources, sessionAffinity, topologySpreadConstraints } =
      specFor('{"maxReplicas":5}');
    // The operator takes it for the field of the autoscaler alone.
    assert.deepEqual([replicas, autoscaler], [undefined, { minReplicas: 1, maxReplicas: 5, targetCPUUtilization: 80 }]);
    assert.deepEqual([resources.requests?.cpu, sessionAffinity], ["500m", "ClientIP"]);
    assert.ok(topologySpreadConstraints);
    assert.ok(!("autoscaler" in specFor("{}")));
  });

  it("takes from browsers of the pages that the settings name, and of no other", () => {
    const http = (collector: string) =>
      (specFor(collector).config.receivers["otlp"] as { protocols: { http: object } }).protocols.http;
    assert.deepEqual(http("{}"), { endpoint: "0.0.0.0:4318" });
    assert.deepEqual(http('{"corsOrigins":["https://shop.example.org"]}'), {
      endpoint: "0.0.0.0:4318",
      cors: { allowed_origins: ["https://shop.example.org"] },
    });
  });

  it("leaves out the spans of single messages, or keeps them, as the settings say", () => {
    const filters = (collector: string) => JSON.stringify(specFor(collector).config).includes("asgi.event.type");
    assert.deepEqual([filters("{}"), filters('{"messageSpans":true}')], [true, false]);
  });

  it("limits its memory by that of the container", () => {
    const { config } = specFor('{"memoryLimit":"1Gi"}');
    assert.deepEqual(config.processors?.["memory_limiter"], {
      check_interval: "1s",
      limit_mib: 819,
      spike_limit_mib: 204,
    });
  });
});

import assert from "node:assert/strict";
import { tracesExporter } from "../../../components/telemetry/tracesExporter.ts";

interface Balanced {
  readonly routing_key: string;
  readonly timeout: string;
  readonly sending_queue: { enabled: boolean };
  readonly resolver: object;
  readonly protocol: { otlp: { sending_queue: { enabled: boolean }; retry_on_failure: { max_elapsed_time: string } } };
}

const jaegerEndpoint = "jaeger.example:4317";

describe("tracesExporter", () => {
  it("sends to Jaeger, and waits for it", () => {
    const exporters = tracesExporter({ jaegerEndpoint });
    assert.deepEqual(Object.keys(exporters), ["otlp_grpc/jaeger"]);
    const jaeger = exporters["otlp_grpc/jaeger"] as { endpoint: string; sending_queue: { enabled: boolean } };
    assert.deepEqual([jaeger.endpoint, jaeger.sending_queue.enabled], [jaegerEndpoint, true]);
  });

  it("sends to the pods that sample by the trace, and to Jaeger not at all", () => {
    const exporters = tracesExporter({ jaegerEndpoint, samplerPods: "sampling.example" });
    assert.deepEqual(Object.keys(exporters), ["load_balancing"]);
    const { routing_key, resolver } = exporters["load_balancing"] as Balanced;
    assert.equal(routing_key, "traceID");
    // A name, and not the API server: that names pods that are not ready too.
    assert.deepEqual(resolver, { dns: { hostname: "sampling.example", port: "4317" } });
  });

  it("has what waits in front of the choice of a pod, so that it goes to another one", () => {
    const { sending_queue, protocol, timeout } = tracesExporter({ jaegerEndpoint, samplerPods: "x" })[
      "load_balancing"
    ] as Balanced;
    assert.deepEqual([sending_queue.enabled, protocol.otlp.sending_queue.enabled], [true, false]);
    const seconds = (duration: string) => Number(duration.replace("s", ""));
    assert.ok(seconds(timeout) > seconds(protocol.otlp.retry_on_failure.max_elapsed_time));
  });
});

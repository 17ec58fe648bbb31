import assert from "node:assert/strict";
import { bareConfig, withExporter, without } from "../../../scripts/bench/collectorVariants.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";

const { config } = stackObjects().collector.spec;

describe("the collector's configurations that are compared", () => {
  it("have nothing but a batch in the bare one", () => {
    const { processors = {}, exporters, service } = bareConfig(config, {});
    assert.deepEqual([Object.keys(processors), Object.keys(service.pipelines)], [["batch"], ["traces"]]);
    assert.deepEqual(Object.keys(exporters["otlp_grpc/jaeger"] as object), ["endpoint", "tls"]);
  });

  it("lack a part, and what has nothing to do without it", () => {
    const { connectors = {}, exporters, service } = without(config, ["span_metrics", "span_metrics/services"]);
    assert.deepEqual(Object.keys(connectors), ["count"]);
    assert.deepEqual(service.pipelines["traces"]?.exporters, ["otlp_grpc/jaeger"]);
    assert.equal(service.pipelines["metrics/spans"], undefined);
    assert.equal(exporters["prometheus/span"], undefined);
    assert.deepEqual(without(config, []), config);
  });

  it("have other settings of the exporter", () => {
    const { "otlp_grpc/jaeger": changed } = withExporter(config, { compression: "none" }).exporters;
    assert.equal((changed as { compression: string }).compression, "none");
  });
});

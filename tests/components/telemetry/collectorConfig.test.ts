import assert from "node:assert/strict";
import { collectorConfig } from "../../../components/telemetry/collectorConfig.ts";
import { metricKinds, spanMetricsExporter } from "../../../components/telemetry/metricKinds.ts";
import type { LogsTarget } from "../../../components/telemetry/logsExporter.ts";
import { podIdentity } from "../../../components/telemetry/podIdentity.ts";

interface Chosen {
  debug?: boolean;
  messageSpans?: boolean;
  ignoredPaths?: string[];
  logs?: LogsTarget;
  patterns?: string[];
}

const config = (settings: Chosen = {}) =>
  collectorConfig({
    ...{ memoryLimit: "512Mi", jaegerEndpoint: "jaeger.example:4317", messageSpans: false, debug: false },
    ...{ ignoredPaths: ["/healthz"], gaugeSeconds: 150, cluster: { clusterName: "", environment: "" } },
    ...{ logs: undefined, patterns: [] },
    ...settings,
  });
const { receivers, processors = {}, connectors = {}, exporters, extensions = {}, service } = config();
const pipelines = Object.entries(service.pipelines);
const kinds = ["histograms", "counters", "gauges"] as const;
const identified = Object.keys(podIdentity({ clusterName: "", environment: "" }));

describe("collectorConfig", () => {
  for (const [signal, { processors: chain = [] }] of pipelines) {
    it(`limits memory first: ${signal}`, () => {
      const limiter = signal === "traces" ? "memory_limiter" : "memory_limiter/metrics";
      assert.equal(chain.at(0), limiter);
      // What Prometheus scrapes is kept in the exporter: nothing waits for it.
      assert.equal(chain.at(-1) === "batch", signal === "traces");
    });
  }

  it("uses every component that it configures, and configures every one that it uses", () => {
    const used = (list: "receivers" | "processors" | "exporters") =>
      pipelines.flatMap(([, pipeline]) => pipeline[list] ?? []);
    const both = new Set([
      ...used("receivers"),
      ...used("exporters"),
      ...used("processors"),
      ...(service.extensions ?? []),
    ]);
    const configured = [receivers, processors, connectors, exporters, extensions].flatMap((part) => Object.keys(part));
    assert.deepEqual([...both].sort(), configured.sort());
  });

  it("takes OTLP on the ports that users know, from anywhere", () => {
    assert.deepEqual(receivers["otlp"], {
      protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } },
    });
  });

  it("takes log records where they have a place to go, masks and then cuts them, and counts what goes there", () => {
    const logs = { address: { endpoint: "https://logs.example" }, headers: {}, compression: "gzip" } as const;
    const { service: taking, exporters: to } = config({ logs, patterns: ["secret"] });
    assert.deepEqual(taking.pipelines["logs"], {
      receivers: ["otlp"],
      processors: ["memory_limiter", ...identified, "redaction/marks", "transform/masking", "transform/records"],
      exporters: ["otlp_http/logs", "count"],
    });
    assert.equal((to["otlp_http/logs"] as { endpoint: string }).endpoint, logs.address.endpoint);
    assert.deepEqual(taking.pipelines["metrics/logs"]?.exporters, ["prometheus/logs"]);
  });

  it("masks spans before they are batched", () => {
    const { pipelines: masking } = config({ patterns: ["secret"], ignoredPaths: [] }).service;
    assert.deepEqual(masking["traces"]?.processors?.slice(-3), [...["redaction/marks", "transform/masking", "batch"]]);
  });

  it("has pipelines for traces and metrics only where logs are off", () => {
    assert.deepEqual(Object.keys(service.pipelines), [
      "traces",
      ...kinds.map((kind) => `metrics/${kind}`),
      "metrics/spans",
    ]);
  });

  it("limits memory in MiB: a percentage reads the machine outside a container", () => {
    assert.deepEqual(processors["memory_limiter"], { check_interval: "1s", limit_mib: 409, spike_limit_mib: 102 });
    const metrics = { check_interval: "1s", limit_mib: 409, spike_limit_mib: 25 };
    assert.deepEqual(processors["memory_limiter/metrics"], metrics);
  });

  it("keeps exporters' ids short: the operator makes no port for one of more than 15 characters", () => {
    for (const id of Object.keys(exporters).filter((name) => !name.startsWith("otlp"))) assert.ok(id.length <= 15, id);
  });

  it("leaves out the spans of single messages, before they are batched and counted", () => {
    assert.deepEqual(config({ ignoredPaths: [] }).processors?.["filter/spans"], {
      // A condition that fails must not cost the data.
      error_mode: "ignore",
      traces: { span: ['kind == SPAN_KIND_INTERNAL and attributes["asgi.event.type"] != nil'] },
    });
    assert.deepEqual(service.pipelines["traces"]?.processors, [
      "memory_limiter",
      "filter/spans",
      ...identified,
      "batch",
    ]);
  });

  it("keeps them where it is asked to, and then has no filter", () => {
    const kept = config({ messageSpans: true, ignoredPaths: [] });
    assert.deepEqual(kept.service.pipelines["traces"]?.processors, ["memory_limiter", ...identified, "batch"]);
    assert.ok(!JSON.stringify(kept).includes("filter/spans"));
  });

  it("leaves out the spans and metrics of ignored paths, before anything is counted", () => {
    assert.match(JSON.stringify(processors["filter/spans"]), /SPAN_KIND_SERVER.*url\.path.*\(\/healthz\)/);
    for (const kind of kinds) {
      const { metrics } = processors[`filter/${kind}`] as { metrics: { datapoint: string[] } };
      assert.deepEqual(metrics.datapoint, ['IsMatch(attributes["http.route"], "^(/healthz)$")']);
      assert.equal(service.pipelines[`metrics/${kind}`]?.processors?.[1], `filter/${kind}`);
    }
  });

  it("sends traces to Jaeger and holds them while it is away", () => {
    const jaeger = exporters["otlp_grpc/jaeger"] as Record<string, Record<string, unknown>>;
    assert.equal(jaeger["endpoint"], "jaeger.example:4317");
    assert.equal(jaeger["sending_queue"]?.["enabled"], true);
    assert.deepEqual(service.pipelines["traces"]?.exporters, [
      "otlp_grpc/jaeger",
      "span_metrics",
      "span_metrics/services",
    ]);
  });

  it("shows metrics with exemplars, each type on a port of its own", () => {
    for (const { exporter, port } of [...Object.values(metricKinds), spanMetricsExporter]) {
      const { endpoint, enable_open_metrics: exemplars } = exporters[exporter] as Record<string, unknown>;
      assert.deepEqual([endpoint, exemplars], [`0.0.0.0:${port}`, true]);
    }
    assert.match(JSON.stringify(service.telemetry), /"port":8888/);
    for (const connector of Object.values(connectors))
      assert.match(JSON.stringify(connector), /"exemplars":\{"enabled":true\}/);
  });

  it("has every type of metrics pass one pipeline, and only there", () => {
    const conditions = kinds.map((kind) => metricKinds[kind].condition).join(" ");
    for (const type of ["GAUGE", "HISTOGRAM", "EXPONENTIAL_HISTOGRAM", "SUMMARY"])
      assert.equal(conditions.split(`== METRIC_DATA_TYPE_${type}`).length, 2, type);
    assert.match(
      conditions,
      /METRIC_DATA_TYPE_SUM and is_monotonic == true.*METRIC_DATA_TYPE_SUM and is_monotonic == false/,
    );
    for (const kind of kinds) {
      const { metrics } = processors[`filter/${kind}`] as { metrics: { metric: string[] } };
      assert.deepEqual(metrics.metric, [`not (${metricKinds[kind].condition})`]);
      assert.deepEqual(service.pipelines[`metrics/${kind}`]?.exporters, [metricKinds[kind].exporter]);
    }
  });

  it("gives applications' samples their own time, and ends a gauge that is no longer sent", () => {
    const settings = (exporter: string) => exporters[exporter] as Record<string, unknown>;
    for (const kind of kinds) assert.equal(settings(metricKinds[kind].exporter)["send_timestamps"], true);
    assert.equal(settings("prometheus/now")["metric_expiration"], "150s");
    assert.equal(settings("prometheus/hist")["metric_expiration"], undefined);
  });

  it("puts the application's identity on every series, and promotes nothing else", () => {
    const statements =
      JSON.stringify(processors["transform/identity"]).match(/resource\.attributes\[\\"[^"\\]+/g) ?? [];
    // The number of the process is only added to the start time.
    assert.deepEqual(
      new Set(statements.map((statement) => statement.replace('resource.attributes[\\"', ""))),
      new Set(["service.name", "k8s.namespace.name", "k8s.deployment.name", "k8s.pod.name", "process.pid"]),
    );
    assert.ok(!JSON.stringify(exporters).includes("resource_to_telemetry_conversion"));
  });

  it("writes to its log only where it is asked to", () => {
    assert.ok(!JSON.stringify(config()).includes('"debug"'));
    const written = config({ debug: true });
    for (const { exporters: targets } of Object.values(written.service.pipelines))
      assert.equal(targets.at(-1), "debug");
    assert.deepEqual(written.exporters["debug"], {});
  });
});

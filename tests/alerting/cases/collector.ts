import { type AlertCases, constant, counter, type ExpectedAlert } from "./alertCase.ts";

const pod = "otel-collector-6d4f";
const target = `namespace="observability",job="otel-collector-monitoring",pod="${pod}"`;
const targetLabels = { namespace: "observability", job: "otel-collector-monitoring", pod };

function refused(signal: string, count: string): ExpectedAlert {
  return {
    labels: { ...targetLabels, severity: "warning", receiver: "otlp", signal },
    summary: `${pod} refuses ${signal.replace("_", " ")}`,
    description:
      `${pod} refused ${count} ${signal.replace("_", " ")} within 5 minutes at receiver otlp: senders try again for a while, ` +
      "then they drop them",
  };
}

function lost(signal: string, exporter: string, count: string): ExpectedAlert {
  return {
    labels: { ...targetLabels, severity: "critical", exporter, signal },
    summary: `${pod} loses ${signal.replace("_", " ")}`,
    description: `${pod} lost ${count} ${signal.replace("_", " ")} within 5 minutes that exporter ${exporter} could not deliver`,
  };
}

const limitOf = (job: string, name: string, share: string, limit: string): ExpectedAlert => ({
  labels: { namespace: "observability", job, pod: name, severity: "warning" },
  summary: `${name} is close to its memory limit`,
  description: `${name} takes ${share} of its limit of ${limit}: above it the kernel kills it`,
});

const mebibyte = 1024 * 1024;
const jaeger = 'namespace="observability",job="jaeger-collector-monitoring",pod="jaeger-0"';

export const collectorCases: AlertCases = {
  CollectorRefusedData: [
    {
      when: "one of each is refused every minute",
      series: {
        [`otelcol_receiver_refused_spans_total{${target},receiver="otlp",transport="grpc"}`]: counter([0, 3], [1, 20]),
        [`otelcol_receiver_refused_metric_points_total{${target},receiver="otlp",transport="http"}`]: counter(
          [0, 3],
          [1, 20],
        ),
      },
      at: { "8m": [], "10m": [refused("spans", "5"), refused("metric_points", "5")] },
    },
    {
      when: "spans were refused once",
      series: {
        [`otelcol_receiver_refused_spans_total{${target},receiver="otlp"}`]: counter([0, 9], [500, 1], [0, 20]),
      },
      at: { "13m": [], "20m": [] },
    },
  ],
  CollectorExportFailed: [
    {
      when: "spans are given up after all retries",
      series: {
        [`otelcol_exporter_send_failed_spans_total{${target},exporter="otlp_grpc/jaeger",server_port="4317"}`]: counter(
          [0, 3],
          [1, 20],
        ),
      },
      at: { "8m": [], "10m": [lost("spans", "otlp_grpc/jaeger", "5")] },
    },
    {
      when: "spans find no place in the queue",
      series: {
        [`otelcol_exporter_enqueue_failed_spans_total{${target},exporter="otlp_grpc/jaeger"}`]: counter(
          [0, 3],
          [1, 20],
        ),
      },
      at: { "10m": [lost("spans", "otlp_grpc/jaeger", "5")] },
    },
    {
      when: "metric points are given up, and others find no place",
      series: {
        [`otelcol_exporter_send_failed_metric_points_total{${target},exporter="a"}`]: counter([1, 20]),
        [`otelcol_exporter_enqueue_failed_metric_points_total{${target},exporter="b"}`]: counter([1, 20]),
      },
      at: {
        "5m": [],
        "7m": [lost("metric_points", "a", "5"), lost("metric_points", "b", "5")],
        "15m": [lost("metric_points", "a", "5"), lost("metric_points", "b", "5")],
      },
    },
    {
      when: "all is delivered",
      series: {
        [`otelcol_exporter_send_failed_spans_total{${target},exporter="otlp_grpc/jaeger"}`]: counter(
          [0, 9],
          [9, 1],
          [0, 20],
        ),
        [`otelcol_exporter_enqueue_failed_spans_total{${target},exporter="otlp_grpc/jaeger"}`]: constant(9, 30),
        [`otelcol_exporter_send_failed_metric_points_total{${target},exporter="a"}`]: constant(9, 30),
        [`otelcol_exporter_enqueue_failed_metric_points_total{${target},exporter="a"}`]: constant(9, 30),
      },
      at: { "13m": [], "20m": [] },
    },
  ],
  CollectorQueueNearlyFull: [
    {
      when: "81 % of the queue is taken",
      series: {
        [`otelcol_exporter_queue_size{${target},exporter="otlp_grpc/jaeger",data_type="traces"}`]: constant(4050, 20),
        [`otelcol_exporter_queue_capacity{${target},exporter="otlp_grpc/jaeger",data_type="traces"}`]: constant(
          5000,
          20,
        ),
      },
      at: {
        "4m": [],
        "6m": [
          {
            labels: { ...targetLabels, severity: "warning", exporter: "otlp_grpc/jaeger", data_type: "traces" },
            summary: `The queue of otlp_grpc/jaeger in ${pod} is nearly full`,
            description: `81% of the queue of otlp_grpc/jaeger in ${pod} is taken: what comes when it is full is lost`,
          },
        ],
      },
    },
    {
      when: "79 % of the queue is taken",
      series: {
        [`otelcol_exporter_queue_size{${target},exporter="otlp_grpc/jaeger"}`]: constant(3950, 20),
        [`otelcol_exporter_queue_capacity{${target},exporter="otlp_grpc/jaeger"}`]: constant(5000, 20),
      },
      at: { "15m": [] },
    },
  ],
  CollectorMemoryNearLimit: [
    {
      when: "the collector takes 91 % of its 512 MiB, and Jaeger of its 1 GiB",
      series: {
        [`otelcol_process_memory_rss_bytes{${target}}`]: constant(0.91 * 512 * mebibyte, 20),
        [`otelcol_process_memory_rss_bytes{${jaeger}}`]: constant(0.91 * 1024 * mebibyte, 20),
      },
      at: {
        "4m": [],
        "6m": [
          limitOf("otel-collector-monitoring", pod, "91%", "512Mi"),
          limitOf("jaeger-collector-monitoring", "jaeger-0", "91%", "1Gi"),
        ],
      },
    },
    {
      when: "they take 89 %",
      series: {
        [`otelcol_process_memory_rss_bytes{${target}}`]: constant(0.89 * 512 * mebibyte, 20),
        [`otelcol_process_memory_rss_bytes{${jaeger}}`]: constant(0.89 * 1024 * mebibyte, 20),
      },
      at: { "15m": [] },
    },
  ],
};

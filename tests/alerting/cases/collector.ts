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
    description: `${pod} lost ${count} ${signal.replace("_", " ")} within 15 minutes that exporter ${exporter} could not deliver`,
  };
}

const limitOf = (job: string, name: string, share: string, limit: string): ExpectedAlert => ({
  labels: { namespace: "observability", job, pod: name, severity: "warning" },
  summary: `${name} is close to its memory limit`,
  description: `${name} takes ${share} of its limit of ${limit}: above it the kernel kills it`,
});

const signals = ["spans", "metric_points", "log_records"];

/** What counts lost items, given up and without room, by signal. */
const counters = ["send_failed", "enqueue_failed"].flatMap((how) =>
  signals.map((signal) => `otelcol_exporter_${how}_${signal}_total`),
);
const signalOf = (name: string) => signals.find((signal) => name.includes(signal)) ?? "";

const mebibyte = 1024 * 1024;
const jaeger = 'namespace="observability",job="jaeger-collector-monitoring",pod="jaeger-0"';

/** The same program in the namespace of a team. */
const ofTeam = (labels: string) => labels.replace('namespace="observability"', 'namespace="shop"');

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
        [`otelcol_receiver_refused_log_records_total{${target},receiver="otlp",transport="http"}`]: counter(
          [0, 3],
          [1, 20],
        ),
        // It reads the lines again.
        [`otelcol_receiver_refused_log_records_total{${target},receiver="file_log"}`]: counter([0, 3], [1, 20]),
      },
      at: { "8m": [], "10m": [refused("spans", "5"), refused("metric_points", "5"), refused("log_records", "5")] },
    },
    {
      when: "spans were refused once, others long ago",
      series: {
        [`otelcol_receiver_refused_spans_total{${target},receiver="otlp"}`]: counter([0, 9], [500, 1], [0, 20]),
        [`otelcol_receiver_refused_metric_points_total{${target},receiver="otlp"}`]: constant(9, 30),
      },
      at: { "13m": [], "20m": [] },
    },
    {
      when: "the first spans ever are refused, from one scrape to the next but one",
      series: { [`otelcol_receiver_refused_spans_total{${target},receiver="otlp"}`]: "_x5 500 1000x20" },
      at: { "8m": [], "10m": [refused("spans", "500")], "12m": [] },
    },
  ],
  CollectorExportFailed: [
    {
      when: "spans are given up after all retries, one a minute",
      series: {
        [`otelcol_exporter_send_failed_spans_total{${target},exporter="otlp_grpc/jaeger",server_port="4317"}`]: counter(
          [0, 3],
          [1, 30],
        ),
      },
      at: {
        "3m": [],
        "4m": [lost("spans", "otlp_grpc/jaeger", "1")],
        "30m": [lost("spans", "otlp_grpc/jaeger", "15")],
      },
    },
    ...counters.map((name) => ({
      when: `${name} counts nine between two scrapes, for the first time or not`,
      series: {
        [`${name}{${target},exporter="new"}`]: "_x21 9x60",
        [`${name}{${target},exporter="known"}`]: counter([1, 4], [0, 16], [9, 1], [0, 60]),
      },
      at: {
        "20m": [],
        "21m": [lost(signalOf(name), "new", "9"), lost(signalOf(name), "known", "9")],
        "35m": [lost(signalOf(name), "new", "9"), lost(signalOf(name), "known", "9")],
        "37m": [],
      },
    })),
    {
      when: "a container starts anew and loses fewer than before",
      series: {
        [`otelcol_exporter_send_failed_spans_total{${target},exporter="otlp_grpc/jaeger"}`]: "9x20 stale _x4 4x30",
      },
      at: { "20m": [], "27m": [lost("spans", "otlp_grpc/jaeger", "4")], "42m": [] },
    },
    {
      when: "nothing has been lost for long, and scrapes fail now and then",
      series: Object.fromEntries(
        counters.map((name) => [`${name}{${target},exporter="otlp_grpc/jaeger"}`, "9x20 stale _x9 9x60"]),
      ),
      at: { "16m": [], "25m": [], "31m": [], "37m": [], "46m": [], "60m": [], "80m": [] },
    },
    {
      when: "a pod is new and loses nothing",
      series: Object.fromEntries(
        counters.map((name) => [`${name}{${target},exporter="otlp_grpc/jaeger"}`, "_x20 0x20"]),
      ),
      at: { "25m": [] },
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
  CollectorTracesUndecided: [
    {
      when: "a pod that had dropped none drops nine, another goes on with what it dropped long ago",
      series: {
        [`otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total{${target}}`]: counter(
          [0, 20],
          [9, 1],
          [0, 40],
        ),
        [`otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total{${target.replace(pod, "other")}}`]:
          constant(9, 60),
      },
      at: {
        "19m": [],
        "22m": [
          {
            labels: { ...targetLabels, severity: "warning" },
            summary: `${pod} drops traces before they are decided on`,
            description: `${pod} dropped 9 traces within 15 minutes, those with an error among them, since more came than it may hold`,
          },
        ],
        "40m": [],
      },
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
      when: "a team's collector and Jaeger of the same names take more than the platform's may",
      series: {
        [`otelcol_process_memory_rss_bytes{${ofTeam(target)}}`]: constant(2048 * mebibyte, 20),
        [`otelcol_process_memory_rss_bytes{${ofTeam(jaeger)}}`]: constant(2048 * mebibyte, 20),
      },
      at: { "15m": [] },
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

import { mebibytes } from "../settings/quantities.ts";
import { jobs } from "../catalog/names.ts";
import type { Settings } from "../settings/read.ts";
import { platformJob } from "../rules/platformJob.ts";
import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { dashboardUids } from "../catalog/dashboards.ts";
import { stat } from "./kit/panels/stat.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { orZero, ratio, sumRate } from "./kit/promql.ts";
import { limitSteps, thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";

const self = platformJob(jobs.collector);

/** The signals that pass the collector, and how its metrics call their items. */
const signals = [
  { name: "spans", items: "spans" },
  { name: "metric points", items: "metric_points" },
  { name: "log records", items: "log_records" },
] as const;

/** Those that wait in a queue: metrics are scraped. */
const sentOn = signals.filter(({ items }) => items !== "metric_points");

/** The rate of a counter of each signal; one that never counted is not there at all. */
const bySignal = (prefix: string, by: readonly string[] = []) =>
  signals.map(({ name, items }) => ({
    expr: sumRate(`${prefix}_${items}_total`, self, by),
    legend: [name, ...by.map((label) => `{{${label}}}`)].join(" "),
  }));

const sum = (prefix: string) => signals.map(({ items }) => orNothing(`${prefix}_${items}_total`)).join(" + ");
const orNothing = (metric: string) => `(${orZero(sumRate(metric, self))})`;

const received: Row = {
  title: "What comes in",
  panels: [
    timeSeries({
      title: "Received",
      description:
        "Spans, metric points and log records per second that applications sent and the collector took, by protocol.",
      unit: units.perSecond,
      queries: bySignal("otelcol_receiver_accepted", ["transport"]),
    }),
    timeSeries({
      title: "Refused",
      description:
        "What the collector would not take because its memory was near the limit. Applications try again, then drop it. It should stay at zero.",
      unit: units.perSecond,
      thresholds: thresholds.zero,
      queries: bySignal("otelcol_receiver_refused"),
    }),
    timeSeries({
      title: "Failed to receive",
      description:
        "What reached the collector and failed inside it, for instance because a pipeline gave an error. It should stay at zero.",
      unit: units.perSecond,
      thresholds: thresholds.zero,
      queries: bySignal("otelcol_receiver_failed"),
    }),
  ],
};

const sent: Row = {
  title: "What goes out",
  panels: [
    timeSeries({
      title: "Sent",
      description:
        "Spans, metric points and log records per second that left for Jaeger and the log store, or for Prometheus to scrape, by exporter.",
      unit: units.perSecond,
      queries: bySignal("otelcol_exporter_sent", ["exporter"]),
    }),
    timeSeries({
      title: "Failed to send",
      description:
        "What the collector gave up on after trying again, and so is lost. Jaeger or the log store was away for too long, or refuses it.",
      unit: units.perSecond,
      thresholds: thresholds.zero,
      queries: sentOn.flatMap(({ name, items }) => [
        { expr: orZero(sumRate(`otelcol_exporter_send_failed_${items}_total`, self)), legend: name },
        {
          expr: orZero(sumRate(`otelcol_exporter_enqueue_failed_${items}_total`, self)),
          legend: `${name} that found the queue full`,
        },
      ]),
    }),
    timeSeries({
      title: "Queue",
      description:
        "How full the queues to Jaeger and the log store are. One fills while what it leads to is away or slow; what comes when it is full is lost.",
      unit: units.ratio,
      thresholds: thresholds.fill,
      queries: [
        {
          expr: `max by (exporter) (otelcol_exporter_queue_size{${self}} / otelcol_exporter_queue_capacity{${self}})`,
          legend: "{{exporter}}",
        },
      ],
    }),
  ],
};

const pipelines: Row = {
  title: "Pipelines",
  panels: [
    timeSeries({
      title: "Through the processors",
      description:
        "Items per second that enter each processor, by signal. A processor that lets less out than in drops something.",
      unit: units.perSecond,
      queries: [
        {
          expr: sumRate("otelcol_processor_incoming_items_total", self, ["processor", "otel_signal"]),
          legend: "{{otel_signal}} into {{processor}}",
        },
      ],
    }),
    timeSeries({
      title: "Batch size",
      description: "Items in a batch, on average. Small batches cost processor time, large ones memory.",
      unit: units.count,
      queries: [
        {
          expr:
            `${sumRate("otelcol_processor_batch_batch_send_size_sum", self)} / ` +
            sumRate("otelcol_processor_batch_batch_send_size_count", self),
          legend: "items",
        },
      ],
    }),
    timeSeries({
      title: "Series for Prometheus",
      description:
        "Series that the collector shows to Prometheus in one scrape. A step up is a new application, or a label with too many values.",
      unit: units.count,
      queries: [
        { expr: `sum by (pod) (scrape_samples_scraped{${platformJob(jobs.applications)}})`, legend: "{{pod}}" },
      ],
    }),
    timeSeries({
      title: "Series over the limit",
      width: 24,
      description:
        "Services with a name or a value for nearly every request. What is over the limit of series is counted together: their totals stay right.",
      unit: units.count,
      queries: [
        {
          expr: `count by (service_name, k8s_namespace_name) ({otel_metric_overflow="true"})`,
          legend: "{{service_name}} in {{k8s_namespace_name}}",
        },
      ],
    }),
  ],
};

/** What the collector takes, gives and needs; the limits are those of the settings. */
export function collectorDashboard({ memoryLimit }: Settings["collector"]): FolderDashboard {
  const limit = mebibytes(memoryLimit) * 1024 * 1024;
  const memory = `otelcol_process_memory_rss_bytes{${self}}`;
  const processor = sumRate("otelcol_process_cpu_seconds_total", self, ["pod"]);
  const overview: Row = {
    title: "Overview",
    panels: [
      stat({
        title: "Received per second",
        description: "Spans, metric points and log records together.",
        unit: units.perSecond,
        expr: sum("otelcol_receiver_accepted"),
      }),
      stat({
        title: "Refused, share",
        description: "Share of what arrived that the collector would not take.",
        unit: units.ratio,
        thresholds: thresholds.errorRatio,
        expr: ratio(
          `(${sum("otelcol_receiver_refused")})`,
          `(${sum("otelcol_receiver_accepted")} + ${sum("otelcol_receiver_refused")})`,
        ),
      }),
      stat({
        title: "Queue, fullest",
        description: "How full the fullest queue is.",
        unit: units.ratio,
        thresholds: thresholds.fill,
        expr: `max(otelcol_exporter_queue_size{${self}} / otelcol_exporter_queue_capacity{${self}})`,
      }),
      stat({
        title: "Memory, fullest pod",
        description: `Memory of the pod that needs most, as a share of its limit (${memoryLimit}). The collector refuses spans from 60 % on, metrics from 75 %.`,
        unit: units.ratio,
        thresholds: thresholds.fill,
        expr: `max(${memory}) / ${limit}`,
      }),
    ],
  };
  const needs: Row = {
    title: "Needs",
    panels: [
      timeSeries({
        title: "Memory by pod",
        description: `Resident memory; the limit is ${memoryLimit}.`,
        unit: units.bytes,
        thresholds: limitSteps(limit),
        queries: [{ expr: `max by (pod) (${memory})`, legend: "{{pod}}" }],
      }),
      timeSeries({
        title: "Processor by pod",
        description: "Processor time; 100 % is one core.",
        unit: units.ratio,
        queries: [{ expr: processor, legend: "{{pod}}" }],
      }),
      timeSeries({
        title: "Uptime by pod",
        description:
          "Time since each pod started. A saw-tooth is a pod that is killed again and again, mostly for memory.",
        unit: units.seconds,
        queries: [{ expr: `max by (pod) (otelcol_process_uptime_seconds_total{${self}})`, legend: "{{pod}}" }],
      }),
    ],
  };
  return dashboard({
    uid: dashboardUids.collector,
    title: "Collector",
    description:
      "What the OpenTelemetry Collector receives, refuses, sends and loses, by signal, and what it needs for it.",
    folder: "platform",
    rows: [overview, received, sent, pipelines, needs],
  });
}

import { mebibytes } from "../settings/quantities.ts";
import { jobs } from "../catalog/names.ts";
import type { Settings } from "../settings/read.ts";
import { platformJob } from "../rules/platformJob.ts";
import type { Row } from "./kit/dashboard.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { sumRate } from "./kit/promql.ts";
import { limitSteps, thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";

const prometheus = platformJob(jobs.prometheus);
const alertmanager = platformJob(jobs.alertmanager);

/** All that Prometheus has on its disk. */
const stored = [
  "prometheus_tsdb_storage_blocks_bytes",
  "prometheus_tsdb_wal_storage_size_bytes",
  "prometheus_tsdb_head_chunks_storage_size_bytes",
]
  .map((metric) => `${metric}{${prometheus}}`)
  .join(" + ");

/** What Prometheus keeps, does and needs. */
export function prometheusRow(settings: Settings["prometheus"]): Row {
  const limit = mebibytes(settings.memoryLimit) * 1024 * 1024;
  const volume = settings.volumeSize === "" ? undefined : mebibytes(settings.volumeSize) * 1024 * 1024;
  const kept =
    volume === undefined
      ? "There is no volume: samples go with the pod."
      : `The volume has ${settings.volumeSize}; the oldest samples are dropped from 85 % of it.`;
  return {
    title: "Prometheus",
    panels: [
      timeSeries({
        title: "Samples",
        description: "Samples per second that Prometheus takes in.",
        unit: units.perSecond,
        queries: [
          { expr: sumRate("prometheus_tsdb_head_samples_appended_total", prometheus, ["pod"]), legend: "{{pod}}" },
        ],
      }),
      timeSeries({
        title: "Series",
        description:
          "Series with samples in the last hours. Memory follows this number; a jump is a label with too many values.",
        unit: units.count,
        queries: [{ expr: `sum by (pod) (prometheus_tsdb_head_series{${prometheus}})`, legend: "{{pod}}" }],
      }),
      timeSeries({
        title: "Stored by Prometheus",
        description: `Samples on disk, for ${settings.retention}. ${kept}`,
        unit: units.bytes,
        ...(volume === undefined ? {} : { thresholds: limitSteps(volume) }),
        queries: [{ expr: `sum by (pod) (${stored})`, legend: "{{pod}}" }],
      }),
      timeSeries({
        title: "Memory of Prometheus",
        description: `Resident memory; the limit is ${settings.memoryLimit}.`,
        unit: units.bytes,
        thresholds: limitSteps(limit),
        queries: [{ expr: `sum by (pod) (process_resident_memory_bytes{${prometheus}})`, legend: "{{pod}}" }],
      }),
      timeSeries({
        title: "Duration of queries, p90",
        description: "Time that queries of dashboards and rules take inside Prometheus, by step.",
        unit: units.seconds,
        queries: [
          {
            expr: `max by (slice) (prometheus_engine_query_duration_seconds{${prometheus},quantile="0.9"})`,
            legend: "{{slice}}",
          },
        ],
      }),
      timeSeries({
        title: "Duration of rule groups",
        description:
          "Time that the last evaluation of each group of rules took. It must stay far below the evaluation interval.",
        unit: units.seconds,
        queries: [
          {
            expr: `max by (rule_group) (prometheus_rule_group_last_duration_seconds{${prometheus}})`,
            legend: "{{rule_group}}",
          },
        ],
      }),
    ],
  };
}

/** Alerts on their way out. */
export const alertmanagerRow: Row = {
  title: "Alertmanager",
  panels: [
    timeSeries({
      title: "Alerts held",
      description:
        "Alerts that Alertmanager holds, by state: active ones were sent, suppressed ones are silenced or inhibited.",
      unit: units.count,
      queries: [{ expr: `max by (state) (alertmanager_alerts{${alertmanager}})`, legend: "{{state}}" }],
    }),
    timeSeries({
      title: "Notifications",
      description:
        "Notifications per second to all receivers. Alerts of one group share a notification, and it is repeated while they last.",
      unit: units.perSecond,
      queries: [{ expr: sumRate("alertmanager_notifications_total", alertmanager), legend: "notifications" }],
    }),
    timeSeries({
      title: "Alerts that did not arrive",
      description:
        "Notifications that a receiver did not take, and alerts that Prometheus could not hand to Alertmanager, per second. It should stay at zero.",
      unit: units.perSecond,
      thresholds: thresholds.zero,
      queries: [
        { expr: sumRate("alertmanager_notifications_failed_total", alertmanager), legend: "not taken by a receiver" },
        {
          // Each alert goes to every Alertmanager: one that takes it is enough.
          expr: `sum(min by (pod) (${sumRate("prometheus_notifications_dropped_total", prometheus, ["pod", "alertmanager"])}))`,
          legend: "not taken by any Alertmanager",
        },
      ],
    }),
  ],
};

/** What Jaeger takes and needs. The two engines have different metrics; the standard ones of Go programs both have. */
export function jaegerRow({ jaegerEngine, jaeger }: Pick<Settings, "jaegerEngine" | "jaeger">): Row {
  const limit = mebibytes(jaeger.memoryLimit) * 1024 * 1024;
  const v2 = jaegerEngine === "v2";
  const self = platformJob(v2 ? jobs.jaeger : jobs.jaegerV1);
  const memory = v2 ? "otelcol_process_memory_rss_bytes" : "process_resident_memory_bytes";
  const processor = v2 ? "otelcol_process_cpu_seconds_total" : "process_cpu_seconds_total";
  const spans = v2
    ? [
        { expr: sumRate("otelcol_receiver_accepted_spans_total", self), legend: "received" },
        { expr: sumRate("otelcol_exporter_sent_spans_total", self), legend: "stored" },
        { expr: sumRate("otelcol_exporter_send_failed_spans_total", self), legend: "failed to store" },
      ]
    : [
        { expr: sumRate("jaeger_collector_spans_received_total", self), legend: "received" },
        { expr: sumRate("jaeger_collector_spans_saved_by_svc_total", `${self},result="ok"`), legend: "stored" },
        { expr: sumRate("jaeger_collector_spans_dropped_total", self), legend: "dropped" },
      ];
  return {
    title: "Jaeger",
    panels: [
      timeSeries({
        title: "Spans",
        description: "Spans per second that Jaeger received, stored and could not store.",
        unit: units.perSecond,
        colors: { "failed to store|dropped": "red" },
        queries: spans,
      }),
      timeSeries({
        title: "Memory of Jaeger",
        description: `Resident memory; the limit is ${jaeger.memoryLimit}. With storage memory the traces are in it.`,
        unit: units.bytes,
        thresholds: limitSteps(limit),
        queries: [{ expr: `sum by (pod) (${memory}{${self}})`, legend: "{{pod}}" }],
      }),
      timeSeries({
        title: "Processor of Jaeger",
        description: "Processor time; 100 % is one core.",
        unit: units.ratio,
        queries: [{ expr: sumRate(processor, self, ["pod"]), legend: "{{pod}}" }],
      }),
    ],
  };
}

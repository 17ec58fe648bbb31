import { mebibytes } from "../settings/quantities.ts";
import { jobs } from "../catalog/names.ts";
import type { Settings } from "../settings/read.ts";
import { growth } from "./growth.ts";
import { platformJob } from "./platformJob.ts";
import { alert, type AlertingRule, type RuleGroup } from "./rule.ts";

/** What passes through a collector, as its own metrics call it. A message names it by text: it sees no label of the rule. */
const signals = ["spans", "metric_points", "log_records"] as const;

/** Labels that say which part of which collector it is. */
const part = "namespace, job, pod";

/**
 * Alerts about the data that passes through collectors. They hold for every collector whose own metrics are scraped:
 * Jaeger v2 is one, and so is a team's own.
 *
 * @param settings the memory limits
 */
export function collectorAlerts(
  settings: Pick<Settings, "collector" | "jaeger" | "jaegerEngine" | "parts">,
): RuleGroup {
  return {
    name: "collector",
    rules: [
      ...signals.map(refused),
      ...signals.map(exportFailed),
      alert({
        name: "CollectorQueueNearlyFull",
        severity: "warning",
        expr: "otelcol_exporter_queue_size / otelcol_exporter_queue_capacity > 0.8",
        for: "5m",
        summary: "The queue of {{ $labels.exporter }} in {{ $labels.pod }} is nearly full",
        description:
          "{{ $value | humanizePercentage }} of the queue of {{ $labels.exporter }} in {{ $labels.pod }} is taken: " +
          "what comes when it is full is lost",
      }),
      ...(settings.collector.tailSampling.enabled ? [tracesUndecided()] : []),
      ...memoryLimits(settings).map(memoryNearLimit),
    ],
  };
}

function refused(signal: string): AlertingRule {
  return alert({
    name: "CollectorRefusedData",
    severity: "warning",
    // Who reads files waits, and loses nothing.
    expr: `sum by (${part}, receiver) (${growth(`otelcol_receiver_refused_${signal}_total{receiver!~"file_?log.*"}`, "5m")}) > 0`,
    // As long as the window, so one scrape with refusals is silent: senders try again for some seconds. Two are not.
    for: "5m",
    labels: { signal },
    summary: `{{ $labels.pod }} refuses ${signal.replace("_", " ")}`,
    description:
      `{{ $labels.pod }} refused {{ $value | humanize }} ${signal.replace("_", " ")} within 5 minutes at receiver ` +
      "{{ $labels.receiver }}: senders try again for a while, then they drop them",
  });
}

/** What was given up after all retries, and what found no place in the queue: both are lost. */
function exportFailed(signal: string): AlertingRule {
  const lost = (name: string) =>
    `sum by (${part}, exporter) (${growth(`otelcol_exporter_${name}_${signal}_total`, "15m")}) > 0`;
  return alert({
    name: "CollectorExportFailed",
    severity: "critical",
    // At once: what is lost is lost, however short it took. Each counter appears with its first failure.
    expr: `(${lost("send_failed")}) or (${lost("enqueue_failed")})`,
    labels: { signal },
    summary: `{{ $labels.pod }} loses ${signal.replace("_", " ")}`,
    description:
      `{{ $labels.pod }} lost {{ $value | humanize }} ${signal.replace("_", " ")} within 15 minutes that exporter ` +
      "{{ $labels.exporter }} could not deliver",
  });
}

/** In the second tier alone. */
function tracesUndecided(): AlertingRule {
  return alert({
    name: "CollectorTracesUndecided",
    severity: "warning",
    expr: `sum by (${part}) (${growth("otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total", "15m")}) > 0`,
    summary: "{{ $labels.pod }} drops traces before they are decided on",
    description:
      "{{ $labels.pod }} dropped {{ $value | humanize }} traces within 15 minutes, those with an error among them, since more came " +
      "than it may hold",
  });
}

interface MemoryLimit {
  job: string;
  /** As in the settings, such as `512Mi`. */
  limit: string;
}

/** The collectors of this stack; those of others, which may have the same name, have limits that are not known here. */
function memoryLimits({
  collector,
  jaeger,
  jaegerEngine,
  parts,
}: Parameters<typeof collectorAlerts>[0]): MemoryLimit[] {
  return [
    { job: jobs.collector, limit: collector.memoryLimit },
    ...(collector.tailSampling.enabled ? [{ job: jobs.tailSampler, limit: collector.tailSampling.memoryLimit }] : []),
    ...(parts.jaeger && jaegerEngine === "v2" ? [{ job: jobs.jaeger, limit: jaeger.memoryLimit }] : []),
  ];
}

function memoryNearLimit({ job, limit }: MemoryLimit): AlertingRule {
  const bytes = mebibytes(limit) * 1024 * 1024;
  return alert({
    name: "CollectorMemoryNearLimit",
    severity: "warning",
    // The memory limiter refuses data long before; this is what it does not count.
    expr: `otelcol_process_memory_rss_bytes{${platformJob(job)}} / ${bytes} > 0.9`,
    for: "5m",
    labels: { job },
    summary: "{{ $labels.pod }} is close to its memory limit",
    description: `{{ $labels.pod }} takes {{ $value | humanizePercentage }} of its limit of ${limit}: above it the kernel kills it`,
  });
}

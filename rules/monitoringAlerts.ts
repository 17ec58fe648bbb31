import { jobs } from "../catalog/names.ts";
import { growth } from "./growth.ts";
import { platformJob } from "./platformJob.ts";
import { alert, type RuleGroup } from "./rule.ts";

/** The stack's own Prometheus and Alertmanager; a team's has alerts of its team. */
const prometheus = platformJob(jobs.prometheus);
const alertmanager = platformJob(jobs.alertmanager);

/** When a group of rules failed last, in seconds since 1970. */
const lastFailure = "rule_group:failed:timestamp_seconds";
const ruleGroup = "namespace, pod, rule_group";

const remoteQueue = "namespace, pod, url";

/** Name of the alert that always fires. */
export const watchdog = "Watchdog";

/** Alerts about what alerts come from and go through. */
export function monitoringAlerts(): RuleGroup {
  return {
    name: "monitoring",
    rules: [
      alert({
        name: watchdog,
        severity: "none",
        expr: "vector(1)",
        summary: "Alerts arrive",
        description: "This alert always fires: when it stops arriving, alerts no longer arrive",
      }),
      alert({
        name: "PrometheusStorageFailed",
        severity: "critical",
        expr: sumOf(
          [
            "compactions_failed_total",
            "wal_corruptions_total",
            "wal_writes_failed_total",
            "head_truncations_failed_total",
          ],
          (name) => growth(`prometheus_tsdb_${name}{${prometheus}}`, "1h"),
        ),
        summary: "{{ $labels.pod }} cannot write its samples",
        description: "{{ $value | humanize }} operations on the storage of {{ $labels.pod }} failed within an hour",
      }),
      {
        record: lastFailure,
        expr:
          `0 * (sum by (${ruleGroup}) (${growth(`prometheus_rule_evaluation_failures_total{${prometheus}}`, "2m")}) > 0) + time()` +
          // The newest failure is remembered for a day.
          ` or last_over_time(${lastFailure}[10m]) > time() - 86400`,
      },
      alert({
        name: "PrometheusRuleFailed",
        severity: "warning",
        // From a failed evaluation to the next: groups have intervals of their own.
        expr:
          `time() - ${lastFailure} < on (${ruleGroup})` +
          // A pod that was made anew is there twice for some minutes.
          ` max by (${ruleGroup}) (prometheus_rule_group_interval_seconds{${prometheus}})`,
        // Longer than one failure shows in the slowest of the stack's groups.
        for: "15m",
        summary: "{{ $labels.pod }} cannot evaluate rules",
        description:
          "The newest evaluation of {{ $labels.rule_group }} failed in {{ $labels.pod }}: its alerts cannot fire",
      }),
      alert({
        name: "PrometheusRulesLate",
        severity: "warning",
        // Once is a start, or a moment in which the machine was busy.
        expr: `sum by (${ruleGroup}) (${growth(`prometheus_rule_group_iterations_missed_total{${prometheus}}`, "15m")}) > 1`,
        for: "10m",
        summary: "{{ $labels.pod }} does not evaluate rules in time",
        description:
          "{{ $value | humanize }} evaluations of {{ $labels.rule_group }} were left out by {{ $labels.pod }} within 15 minutes: they take " +
          "longer than from one to the next, and its alerts come late or not at all",
      }),
      alert({
        name: "ScrapeOverLimit",
        severity: "critical",
        // A scrape above a limit is dropped as a whole. The counter does not say of what: a team's target has a limit of its own, and an alert
        // when it is down.
        expr:
          sumOf(["sample_limit", "body_size_limit"], (name) =>
            growth(`prometheus_target_scrapes_exceeded_${name}_total{${prometheus}}`, "10m"),
          ) + ` and on () avg_over_time(up{${platformJob(jobs.applications)}}[5m]) < 0.5`,
        for: "5m",
        summary: "{{ $labels.pod }} drops scrapes that are too large",
        description:
          "{{ $value | humanize }} scrapes of {{ $labels.pod }} within 10 minutes had more samples or bytes than their limit, and " +
          "not all of the applications' metrics could be read: nothing of such a scrape is kept",
      }),
      alert({
        name: "RemoteWriteFailed",
        severity: "critical",
        // What the store refused for good, and what was too old when its turn came.
        expr: sumOf(
          ["failed", "dropped"],
          (name) => growth(`prometheus_remote_storage_samples_${name}_total{${prometheus}}`, "10m"),
          remoteQueue,
        ),
        for: "15m",
        summary: "{{ $labels.pod }} loses samples on their way to a store elsewhere",
        description:
          "{{ $value | humanize }} samples of {{ $labels.pod }} were refused by {{ $labels.url }}, or too old to be sent, within 10 minutes: " +
          "it never gets them",
      }),
      alert({
        name: "RemoteWriteBehind",
        severity: "warning",
        // A scrape that fails leaves a gap: the newest of some minutes counts.
        expr:
          `max by (${remoteQueue}) (max_over_time(prometheus_remote_storage_queue_highest_timestamp_seconds{${prometheus}}[5m]))` +
          ` - max by (${remoteQueue}) (max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${prometheus}}[5m])) > 120`,
        for: "15m",
        summary: "{{ $labels.pod }} is behind with its samples for a store elsewhere",
        description:
          "What {{ $labels.url }} has of {{ $labels.pod }} is {{ $value | humanizeDuration }} old; after about two hours samples are lost",
      }),
      alert({
        name: "ConfigRejected",
        severity: "warning",
        expr:
          `prometheus_config_last_reload_successful{${prometheus}} == 0` +
          ` or alertmanager_config_last_reload_successful{${alertmanager}} == 0`,
        for: "10m",
        summary: "{{ $labels.pod }} runs with an old configuration",
        description: "{{ $labels.pod }} rejected its configuration and goes on with the one before",
      }),
      alert({
        name: "PrometheusNotConnectedToAlertmanager",
        severity: "critical",
        expr: `prometheus_notifications_alertmanagers_discovered{${prometheus}} < 1`,
        for: "10m",
        summary: "{{ $labels.pod }} knows no Alertmanager",
        description: "{{ $labels.pod }} finds no Alertmanager: no alert is sent",
      }),
      alert({
        name: "AlertDeliveryFailed",
        severity: "critical",
        // Each alert goes to every Alertmanager: one that takes them is enough.
        expr:
          "min by (namespace, pod) (sum by (namespace, pod, alertmanager) " +
          `(${growth(`prometheus_notifications_errors_total{${prometheus}}`, "10m")})) > 0`,
        for: "15m",
        labels: { integration: "alertmanager" },
        summary: "{{ $labels.pod }} cannot deliver alerts to Alertmanager",
        description:
          "{{ $value | humanize }} alerts of {{ $labels.pod }} did not reach any Alertmanager within 10 minutes",
      }),
      alert({
        name: "AlertDeliveryFailed",
        severity: "critical",
        // A message that failed is sent anew when its group's interval is over. By the stack's own routes that is after five minutes; by a
        // team's it may be later, and then failures must be seen twice.
        expr: `${failedMessages("10m")} or (${failedMessages("20m")} and ${failedMessages("20m", "20m")})`,
        for: "15m",
        summary: "{{ $labels.pod }} cannot deliver alerts to {{ $labels.integration }}",
        description:
          "{{ $value | humanize }} messages of {{ $labels.pod }} to {{ $labels.integration }} failed within some minutes",
      }),
    ],
  };
}

/** Messages of Alertmanager that failed within a window. */
function failedMessages(window: string, ago?: string): string {
  const failures = growth(`alertmanager_notifications_failed_total{${alertmanager}}`, window, ago);
  return `sum by (namespace, pod, integration) (${failures}) > 0`;
}

/** True when any of the counters grew; the value is what they grew by together, by these labels. One may not be there yet. */
function sumOf(names: readonly string[], growthOf: (name: string) => string, by = "namespace, pod"): string {
  const grown = names.map((name) => `label_replace(${growthOf(name)}, "counter", "${name}", "", "")`);
  return `sum by (${by}) (${grown.join(" or ")}) > 0`;
}

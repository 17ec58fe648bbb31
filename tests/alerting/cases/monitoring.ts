import { type AlertCase, type AlertCases, constant, counter, type ExpectedAlert } from "./alertCase.ts";

export const prometheus = 'namespace="observability",job="prometheus-operated",pod="prometheus-0"';
export const alertmanager = 'namespace="observability",job="alertmanager-operated",pod="alertmanager-0"';
const team = 'namespace="shop",job="prometheus-operated",pod="prometheus-0"';

export const about = (severity: string, summary: string, description: string, labels: Record<string, string>) => ({
  labels: { severity, namespace: "observability", ...labels },
  summary,
  description,
});

const storage = ["compactions_failed", "wal_corruptions", "wal_writes_failed", "head_truncations_failed"].map(
  (name) => `prometheus_tsdb_${name}_total`,
);

const storageFailed: ExpectedAlert = about(
  "critical",
  "prometheus-0 cannot write its samples",
  "1 operations on the storage of prometheus-0 failed within an hour",
  { pod: "prometheus-0" },
);

const rejected = (pod: string, job: string) =>
  about(
    "warning",
    `${pod} runs with an old configuration`,
    `${pod} rejected its configuration and goes on with the one before`,
    { pod, job },
  );

const failedRules = (group: string) =>
  about(
    "warning",
    "prometheus-0 cannot evaluate rules",
    `The newest evaluation of ${group} failed in prometheus-0: its alerts cannot fire`,
    { pod: "prometheus-0", rule_group: group },
  );

const lateRules = (evaluations: string) =>
  about(
    "warning",
    "prometheus-0 does not evaluate rules in time",
    `${evaluations} evaluations of shop.yaml;shop were left out by prometheus-0 within 15 minutes: they take longer than from ` +
      "one to the next, and its alerts come late or not at all",
    { pod: "prometheus-0", rule_group: "shop.yaml;shop" },
  );

const missed = (labels: string) => `prometheus_rule_group_iterations_missed_total{${labels}`;

/** A group of rules with its interval in seconds, and how often it failed. */
const ruleGroup = (name: string, interval: number, failures: string) => ({
  [`prometheus_rule_evaluation_failures_total{${prometheus},rule_group="${name}"}`]: failures,
  [`prometheus_rule_group_interval_seconds{${prometheus},rule_group="${name}"}`]: constant(interval, 120),
});

/** A counter that grows by one so many times and then stays for so many samples. */
export const rising = (times: number, stays: number) =>
  Array.from({ length: times }, (_, index) => `${index + 1}x${stays}`).join(" ");

/** A port of the collector for what applications sent. */
const applications = (kind: string) =>
  `up{namespace="observability",job="otel-collector",endpoint="prometheus-${kind}",instance="10.0.0.1"}`;

/** Scrapes over a limit from the first hour on; a team's Prometheus has them always. */
const overLimit = (limit: string) =>
  Object.fromEntries(
    ["sample_limit", "body_size_limit"].flatMap((name) => {
      const counted = `prometheus_target_scrapes_exceeded_${name}_total`;
      return [
        [`${counted}{${prometheus}}`, name === limit ? counter([0, 60], [1, 20]) : constant(3, 80)],
        [`${counted}{${team}}`, counter([1, 80])],
      ];
    }),
  );

const tooLarge = (count: number) =>
  about(
    "critical",
    "prometheus-0 drops scrapes that are too large",
    `${count} scrapes of prometheus-0 within 10 minutes had more samples or bytes than their limit, and not all of the applications' ` +
      "metrics could be read: nothing of such a scrape is kept",
    { pod: "prometheus-0" },
  );

export const monitoringCases: AlertCases = {
  ScrapeOverLimit: ["sample_limit", "body_size_limit"].flatMap((limit): AlertCase[] => [
    {
      when: `scrapes are over the ${limit}, those of a team's Prometheus too`,
      series: { ...overLimit(limit), [applications("hist")]: "1x60 0x20", [applications("sum")]: constant(1, 80) },
      at: { "1h": [], "1h6m": [], "1h9m": [tooLarge(9)], "1h12m": [tooLarge(10)] },
    },
    {
      when: `scrapes of a team's target are over the ${limit}`,
      series: {
        ...overLimit(limit),
        // A pod is made anew, and one scrape of the new one fails.
        [applications("hist")]: "1x62 0 stale",
        [applications("hist").replace("10.0.0.1", "10.0.0.2")]: "_x63 0 1x20",
        'up{namespace="shop",job="shop"}': "1x60 0x20",
      },
      at: { "1h4m": [], "1h9m": [], "1h12m": [], "1h18m": [] },
    },
  ]),
  Watchdog: [
    {
      when: "nothing is known",
      series: {},
      at: {
        "1m": [
          {
            labels: { severity: "none" },
            summary: "Alerts arrive",
            description: "This alert always fires: when it stops arriving, alerts no longer arrive",
          },
        ],
      },
    },
  ],
  PrometheusStorageFailed: [
    ...storage.map((failing) => ({
      when: `${failing} grows by one`,
      series: Object.fromEntries(
        storage.map((name) => [
          `${name}{${prometheus}}`,
          name === failing ? counter([0, 60], [1, 1], [0, 90]) : constant(3, 160),
        ]),
      ),
      at: { "1h": [], "1h2m": [storageFailed], "1h59m": [storageFailed], "2h5m": [] },
    })),
    {
      when: "Prometheus finds its log of samples broken when it starts, in a pod with another address",
      series: Object.fromEntries(
        storage.flatMap((name) => [
          [`${name}{${prometheus},instance="10.0.0.1:9090"}`, "0x60 stale"],
          [`${name}{${prometheus},instance="10.0.0.2:9090"}`, `_x65 ${name.includes("corruptions") ? 1 : 0}x160`],
        ]),
      ),
      at: { "1h": [], "1h7m": [storageFailed], "2h7m": [] },
    },
    {
      when: "the storage of a team's Prometheus fails",
      series: Object.fromEntries(storage.map((name) => [`${name}{${team}}`, counter([1, 90])])),
      at: { "1h": [] },
    },
  ],
  PrometheusRuleFailed: [
    {
      when: "groups of half a minute, seven and fifteen minutes fail each time; others have failed",
      series: {
        ...ruleGroup("shop.yaml;shop", 30, counter([0, 3], [1, 80])),
        ...ruleGroup("shop.yaml;slow", 420, `0x3 ${rising(12, 6)}`),
        ...ruleGroup("shop.yaml;slower", 900, `0x3 ${rising(6, 14)}`),
        ...ruleGroup("shop.yaml;other", 30, constant(9, 90)),
        // Its metric appears with its first failure, and it fails no more.
        ...ruleGroup("shop.yaml;once", 420, "_x10 1x80"),
      },
      at: {
        "18m": [],
        "20m": [failedRules("shop.yaml;shop"), failedRules("shop.yaml;slow"), failedRules("shop.yaml;slower")],
        "60m": [failedRules("shop.yaml;shop"), failedRules("shop.yaml;slow"), failedRules("shop.yaml;slower")],
      },
    },
    {
      when: "rules failed for some minutes, and once in seven",
      series: {
        ...ruleGroup("a", 30, counter([1, 5], [0, 40])),
        ...ruleGroup("b", 420, counter([0, 5], [3, 1], [0, 40])),
        ...ruleGroup("c", 600, counter([0, 5], [3, 1], [0, 40])),
      },
      at: { "8m": [], "13m": [], "16m": [], "17m": [], "20m": [] },
    },
    {
      when: "the pod is made anew, with another address, while rules fail",
      series: {
        ...ruleGroup("shop.yaml;shop", 30, counter([0, 3], [1, 80])),
        [`prometheus_rule_group_interval_seconds{${prometheus},instance="10.0.0.2",rule_group="shop.yaml;shop"}`]:
          "_x30 30x60",
      },
      at: { "20m": [failedRules("shop.yaml;shop")], "35m": [failedRules("shop.yaml;shop")] },
    },
  ],
  PrometheusRulesLate: [
    {
      when: "a group leaves out evaluations for half an hour, another did once; one of a team's Prometheus always does",
      series: {
        [`${missed(prometheus)},rule_group="shop.yaml;shop"}`]: counter([0, 20], [1, 30], [0, 40]),
        [`${missed(prometheus)},rule_group="shop.yaml;once"}`]: counter([0, 20], [1, 1], [0, 69]),
        [`${missed(team)},rule_group="shop.yaml;shop"}`]: counter([1, 90]),
      },
      at: { "31m": [], "33m": [lateRules("13")], "50m": [lateRules("15")], "70m": [] },
    },
  ],
  ConfigRejected: [
    {
      when: "both rejected theirs",
      series: {
        [`prometheus_config_last_reload_successful{${prometheus}}`]: "1 1 1 0x40",
        [`alertmanager_config_last_reload_successful{${alertmanager}}`]: "1 1 1 0x40",
      },
      at: {
        "12m": [],
        "14m": [rejected("prometheus-0", "prometheus-operated"), rejected("alertmanager-0", "alertmanager-operated")],
      },
    },
    {
      when: "both took theirs",
      series: {
        [`prometheus_config_last_reload_successful{${prometheus}}`]: constant(1, 40),
        [`alertmanager_config_last_reload_successful{${alertmanager}}`]: constant(1, 40),
      },
      at: { "30m": [] },
    },
  ],
  PrometheusNotConnectedToAlertmanager: [
    {
      when: "there is none",
      series: { [`prometheus_notifications_alertmanagers_discovered{${prometheus}}`]: "1 1 1 0x40" },
      at: {
        "12m": [],
        "14m": [
          about(
            "critical",
            "prometheus-0 knows no Alertmanager",
            "prometheus-0 finds no Alertmanager: no alert is sent",
            { pod: "prometheus-0", job: "prometheus-operated" },
          ),
        ],
      },
    },
    {
      when: "there is one",
      series: { [`prometheus_notifications_alertmanagers_discovered{${prometheus}}`]: constant(1, 40) },
      at: { "30m": [] },
    },
  ],
};

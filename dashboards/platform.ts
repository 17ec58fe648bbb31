import { jobs, kubeletNamespace, namespaces } from "../catalog/names.ts";
import type { Settings } from "../settings/read.ts";
import { platformJob, platformJobs, type Program } from "../rules/platformJob.ts";
import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { dashboardUids } from "../catalog/dashboards.ts";
import { stat } from "./kit/panels/stat.ts";
import { table } from "./kit/panels/table.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { alertmanagerRow, jaegerRow, prometheusRow } from "./platformBackends.ts";
import { sumRate } from "./kit/promql.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";

const overview: Row = {
  title: "Overview",
  panels: [
    stat({
      title: "Targets up",
      description: "Targets that answered Prometheus' last scrape.",
      unit: units.count,
      expr: "sum(up)",
    }),
    stat({
      title: "Targets down",
      description: "Targets that did not answer. The table below says which.",
      unit: units.count,
      thresholds: thresholds.zero,
      expr: "count(up) - sum(up)",
    }),
    stat({
      title: "Alerts firing",
      description: "Alerts that fire now. One always does: the watchdog, which shows that alerting works.",
      unit: units.count,
      expr: 'count(ALERTS{alertstate="firing"}) or vector(0)',
    }),
    stat({
      title: "Failed rule evaluations",
      description:
        "Recording and alerting rules that Prometheus could not evaluate, per second. An alert whose rule fails cannot fire.",
      unit: units.perSecond,
      thresholds: thresholds.zero,
      expr: `sum(rate(prometheus_rule_evaluation_failures_total{${platformJob(jobs.prometheus)}}[$__rate_interval])) or vector(0)`,
    }),
    table({
      title: "Targets",
      description: "Everything that Prometheus scrapes; 1 answered the last time, 0 did not.",
      labels: { job: "Job", namespace: "Namespace", pod: "Pod", instance: "Address" },
      columns: [
        {
          header: "Up",
          expr: "min by (job, namespace, pod, instance) (up)",
          unit: units.count,
          thresholds: thresholds.present,
        },
      ],
    }),
    table({
      title: "Alerts",
      description: "Alerts that fire or are about to. What each means and what to do is in docs/runbook.md.",
      labels: { alertname: "Alert", severity: "Severity", alertstate: "State" },
      columns: [{ header: "Series", expr: "count by (alertname, severity, alertstate) (ALERTS)", unit: units.count }],
    }),
  ],
};

/** The kubelet is a target in another namespace than the volumes that it measures. */
const ofVolumes = `${platformJob(jobs.kubelet, kubeletNamespace)},exported_namespace="${namespaces.observability}"`;

/** The row of the volumes. Without volumes it stays empty. */
const volumes: Row = {
  title: "Volumes",
  panels: [
    timeSeries({
      title: "Left on volumes",
      description: "Share of each volume that is free. Empty where nothing has a volume.",
      unit: units.ratio,
      width: 24,
      thresholds: thresholds.left,
      queries: [
        {
          expr: `min by (persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${ofVolumes}} / kubelet_volume_stats_capacity_bytes{${ofVolumes}})`,
          legend: "{{persistentvolumeclaim}}",
        },
      ],
    }),
  ],
};

const prometheusOperator = { job: jobs.prometheusOperator, namespace: namespaces.prometheusOperator };

/** The operators on controller-runtime, which share their metrics. */
function controllersOf({ parts, jaegerEngine }: Pick<Settings, "parts" | "jaegerEngine">): Program[] {
  return [
    { job: jobs.openTelemetryOperator, namespace: namespaces.openTelemetryOperator },
    ...(parts.grafana ? [{ job: jobs.grafanaOperator, namespace: namespaces.grafanaOperator }] : []),
    ...(parts.jaeger && jaegerEngine === "operator"
      ? [{ job: jobs.jaegerOperator, namespace: namespaces.observability }]
      : []),
  ];
}

function operatorsRow(settings: Pick<Settings, "parts" | "jaegerEngine">): Row {
  const controllers = controllersOf(settings);
  const all = platformJobs([...controllers, ...(settings.parts.prometheusOperator ? [prometheusOperator] : [])]);
  return {
    title: "Operators",
    panels: [
      timeSeries({
        title: "Failed reconciliations",
        description:
          "How often an operator could not make the cluster as a custom resource asks, per second. Its log says why.",
        unit: units.perSecond,
        thresholds: thresholds.zero,
        queries: [
          {
            expr: sumRate("controller_runtime_reconcile_errors_total", platformJobs(controllers), ["job"]),
            legend: "{{job}}",
          },
          ...(settings.parts.prometheusOperator
            ? [
                {
                  expr: sumRate(
                    "prometheus_operator_reconcile_errors_total",
                    platformJob(prometheusOperator.job, prometheusOperator.namespace),
                    ["controller"],
                  ),
                  legend: "prometheus-operator {{controller}}",
                },
              ]
            : []),
        ],
      }),
      timeSeries({
        title: "Memory of the operators",
        description: "Resident memory of each operator.",
        unit: units.bytes,
        queries: [{ expr: `sum by (job) (process_resident_memory_bytes{${all}})`, legend: "{{job}}" }],
      }),
      timeSeries({
        title: "Processor of the operators",
        description:
          "Processor time of each operator; 100 % is one core. An operator that is never at rest fights with somebody over an object.",
        unit: units.ratio,
        queries: [{ expr: sumRate("process_cpu_seconds_total", all, ["job"]), legend: "{{job}}" }],
      }),
    ],
  };
}

const ofCertManager = platformJob(jobs.certManager, namespaces.certManager);

const certificates: Row = {
  title: "cert-manager",
  panels: [
    table({
      title: "Certificates",
      description:
        "Certificates that cert-manager looks after: time until each ends, and whether it is ready. The operators' webhooks need theirs.",
      width: 24,
      labels: { exported_namespace: "Namespace", name: "Certificate" },
      columns: [
        {
          header: "Ends in",
          expr: `min by (exported_namespace, name) (certmanager_certificate_expiration_timestamp_seconds{${ofCertManager}}) - time()`,
          unit: units.seconds,
          thresholds: thresholds.expiry,
        },
        {
          header: "Ready",
          expr: `min by (exported_namespace, name) (certmanager_certificate_ready_status{${ofCertManager},condition="True"})`,
          unit: units.count,
          thresholds: thresholds.present,
        },
      ],
    }),
  ],
};

const ofGrafana = platformJob(jobs.grafana);

const grafana: Row = {
  title: "Grafana",
  panels: [
    timeSeries({
      title: "Requests to Grafana",
      description: "Requests per second that Grafana answered, by status.",
      unit: units.requestsPerSecond,
      width: 12,
      stacked: true,
      queries: [
        {
          expr: sumRate("grafana_http_request_duration_seconds_count", ofGrafana, ["status_code"]),
          legend: "{{status_code}}",
        },
      ],
    }),
    timeSeries({
      title: "Memory of Grafana",
      description: "Resident memory of Grafana.",
      unit: units.bytes,
      width: 12,
      queries: [{ expr: `sum by (pod) (process_resident_memory_bytes{${ofGrafana}})`, legend: "{{pod}}" }],
    }),
  ],
};

/** The platform itself: what is up, what fires, and each part that the stack installs. */
export function platformDashboard(settings: Settings): FolderDashboard {
  const { parts } = settings;
  return dashboard({
    uid: dashboardUids.platform,
    title: "Platform",
    description:
      "The parts of the platform itself: targets, alerts, Prometheus, Alertmanager, Jaeger, operators, certificates, room on volumes.",
    folder: "platform",
    rows: [
      overview,
      prometheusRow(settings.prometheus),
      alertmanagerRow,
      ...(parts.jaeger ? [jaegerRow(settings)] : []),
      ...(parts.grafana ? [grafana] : []),
      operatorsRow(settings),
      ...(parts.certManager ? [certificates] : []),
      volumes,
    ],
  });
}

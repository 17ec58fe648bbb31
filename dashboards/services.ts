import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { deploys } from "./deploys.ts";
import { toApiDashboard, toLogsOfService, type Ways } from "./kit/links.ts";
import { dashboardUids } from "../catalog/dashboards.ts";
import { table } from "./kit/panels/table.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { quantile, ratio, sumRate } from "./kit/promql.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";
import { labelValues } from "./kit/variables.ts";

const calls = "traces_span_metrics_calls_total";
const duration = "traces_span_metrics_duration_milliseconds";
const clientDuration = "http_client_request_duration_seconds";

/** Spans with which a request, or a message, enters a service. */
const entering = 'k8s_namespace_name=~"$namespace", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"';
const ofService = `${entering}, service_name=~"$service"`;
const calling = 'k8s_namespace_name=~"$namespace", service_name=~"$service"';
const failed = 'status_code="STATUS_CODE_ERROR"';

const byService = ["service_name", "k8s_namespace_name"];
const byOperation = [...byService, "span_name"];
const byTarget = [...byService, "server_address", "server_port"];

const instrumentedPod = "k8s_namespace_name, k8s_pod_name, telemetry_sdk_language, telemetry_auto_version";

/** Two namespaces may have a service of one name. */
const ofWhom = "{{service_name}} in {{k8s_namespace_name}}";

/** Seconds, as everywhere: Jaeger wants these metrics in milliseconds. */
const seconds = (milliseconds: string) => `${milliseconds} / 1000`;

const failedShare = (selector: string, by: readonly string[]) =>
  ratio(sumRate(calls, `${selector}, ${failed}`, by), sumRate(calls, selector, by));

const requestColumns = (selector: string, by: readonly string[]) => [
  { header: "Sampled requests", expr: sumRate(calls, selector, by), unit: units.requestsPerSecond },
  { header: "Failed", expr: failedShare(selector, by), unit: units.ratio, thresholds: thresholds.errorRatio },
];

const slowColumn = (selector: string, by: readonly string[]) => ({
  header: "Duration, p95",
  expr: seconds(quantile(0.95, duration, selector, by)),
  unit: units.seconds,
  thresholds: thresholds.duration,
});

const sampled = "From sampled spans only: with a sampling ratio of 0.25 it counts a quarter.";

const allServices = (logs: boolean): Row => ({
  title: "All services",
  panels: [
    table({
      title: "Services",
      description: `Requests, failures and durations of every service that sends spans. A click on a name leads to its requests. ${sampled}`,
      width: 24,
      labels: { service_name: "Service", k8s_namespace_name: "Namespace" },
      links: { Service: [toApiDashboard, ...(logs ? [toLogsOfService] : [])] },
      columns: [...requestColumns(entering, byService), slowColumn(entering, byService)],
    }),
    timeSeries({
      title: "Sampled requests by service",
      description: `Requests per second that enter each service. ${sampled}`,
      unit: units.requestsPerSecond,
      queries: [{ expr: sumRate(calls, entering, byService), legend: ofWhom }],
    }),
    timeSeries({
      title: "Failed requests by service",
      description: `Share of requests whose span ended with an error. Sampling takes failed and good requests alike, so the share is right when there are enough. ${sampled}`,
      unit: units.ratio,
      thresholds: thresholds.errorRatio,
      queries: [
        {
          expr: failedShare(entering, byService),
          legend: ofWhom,
        },
      ],
    }),
    timeSeries({
      title: "Duration by service, p95",
      description: `95 of 100 requests were answered within this time. The points are exemplars: a click opens the trace in Jaeger. ${sampled}`,
      // As the metrics count, since their exemplars do.
      unit: units.milliseconds,
      queries: [
        {
          expr: quantile(0.95, duration, entering, byService),
          legend: ofWhom,
          exemplars: true,
        },
      ],
    }),
  ],
});

const operations: Row = {
  title: "Operations of $service",
  panels: [
    table({
      title: "Operations",
      description: `Requests, failures and durations of each operation of the chosen services. ${sampled}`,
      width: 24,
      labels: { service_name: "Service", k8s_namespace_name: "Namespace", span_name: "Operation" },
      columns: [
        ...requestColumns(ofService, byOperation),
        {
          header: "Duration, p50",
          expr: seconds(quantile(0.5, duration, ofService, byOperation)),
          unit: units.seconds,
        },
        slowColumn(ofService, byOperation),
      ],
    }),
  ],
};

const dependencies: Row = {
  title: "Who calls whom",
  panels: [
    table({
      title: "Dependencies",
      description:
        "Who calls whom by HTTP, how often, with what success. Counted by the applications: sampling does not matter. The graph of all kinds of calls is in Jaeger.",
      width: 16,
      labels: {
        service_name: "Service",
        k8s_namespace_name: "Namespace",
        server_address: "Calls",
        server_port: "Port",
      },
      columns: [
        {
          header: "Calls per second",
          expr: sumRate(`${clientDuration}_count`, calling, byTarget),
          unit: units.requestsPerSecond,
        },
        {
          header: "Failed",
          expr: ratio(
            sumRate(`${clientDuration}_count`, `${calling}, error_type!=""`, byTarget),
            sumRate(`${clientDuration}_count`, calling, byTarget),
          ),
          unit: units.ratio,
          thresholds: thresholds.errorRatio,
        },
        {
          header: "Duration, p95",
          expr: quantile(0.95, clientDuration, calling, byTarget),
          unit: units.seconds,
          thresholds: thresholds.duration,
        },
      ],
    }),
    table({
      title: "Instrumented pods",
      description:
        "Pods that send telemetry, with the language of their instrumentation and its version. A pod that is missing here was made before the Instrumentation, or lacks the annotation.",
      width: 8,
      labels: {
        k8s_namespace_name: "Namespace",
        k8s_pod_name: "Pod",
        telemetry_sdk_language: "Language",
        telemetry_auto_version: "Instrumentation",
      },
      columns: [
        {
          header: "Instances",
          // Each of the collector's ports shows it.
          expr:
            `count by (${instrumentedPod}) (group by (${instrumentedPod}, exported_instance) ` +
            '(target_info{k8s_namespace_name=~"$namespace", k8s_pod_name!=""}))',
          unit: units.count,
        },
      ],
    }),
  ],
};

/**
 * Every service that sends spans, whatever its protocol, and who calls whom.
 *
 * @param withPods whether there are metrics of the cluster
 */
export function servicesDashboard({ pods: withPods, logs }: Ways): FolderDashboard {
  return dashboard({
    uid: dashboardUids.services,
    title: "Services",
    description: "Requests, errors and durations of every service by its spans, and who calls whom.",
    folder: "applications",
    variables: [
      labelValues({
        name: "namespace",
        label: "Namespace",
        description: "Namespace of the services' pods.",
        series: calls,
        of: "k8s_namespace_name",
        many: true,
      }),
      labelValues({
        name: "service",
        label: "Service",
        description: "Services by their service.name.",
        series: `${calls}{k8s_namespace_name=~"$namespace"}`,
        of: "service_name",
        many: true,
      }),
    ],
    ...(withPods ? { annotations: [deploys('k8s_namespace_name=~"$namespace"')] } : {}),
    rows: [allServices(logs), operations, dependencies],
  });
}

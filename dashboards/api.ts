import { VariableHide } from "@grafana/grafana-foundation-sdk/dashboard";
import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { deploys } from "./deploys.ts";
import { logsOfService, podsOfService, tracesOfService, type Ways } from "./kit/links.ts";
import { dashboardUids } from "../catalog/dashboards.ts";
import { heatmap } from "./kit/panels/heatmap.ts";
import { stat } from "./kit/panels/stat.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { named, quantile, ratio, sumRate, sumRateOfAny } from "./kit/promql.ts";
import { recorded } from "../rules/rule.ts";
import { failedRequests } from "../rules/serviceSeries.ts";
import { podInfo } from "../rules/workloadPods.ts";
import { objectivesRow } from "./apiObjectives.ts";
import { nodeRow } from "./apiNode.ts";
import { pythonRows } from "./apiPython.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";
import { labelValues } from "./kit/variables.ts";

const duration = "http_server_request_duration_seconds";
const requests = `${duration}_count`;
const calls = "http_client_request_duration_seconds";

/** The chosen service. */
const service = 'service_name="$service", k8s_namespace_name=~"$namespace"';
/** Its chosen routes; requests that no route took have none. */
const routes = `${service}, http_route=~"$route"`;
const failed = failedRequests.map((how) => `${routes}, ${how}`);
const status = "http_response_status_code";
const byRoute = ["http_route"];
const byTarget = ["server_address"];

const byRouteNamed = (expression: string) => named(expression, "http_route", "(no route)");

const overview: Row = {
  title: "Overview",
  panels: [
    stat({
      title: "Requests",
      description:
        "Requests per second that the service answered, on all of its pods. Counted by the application: sampling of traces does not matter.",
      unit: units.requestsPerSecond,
      expr: sumRate(requests, routes),
    }),
    stat({
      title: "Failed requests",
      description:
        "Share of requests answered with 5xx, or broken off without a status. What the client got wrong (4xx) is not in it.",
      unit: units.ratio,
      thresholds: thresholds.errorRatio,
      expr: ratio(sumRateOfAny(requests, failed), sumRate(requests, routes)),
    }),
    stat({
      title: "Duration, p95",
      description: "95 of 100 requests were answered within this time.",
      unit: units.seconds,
      thresholds: thresholds.duration,
      expr: quantile(0.95, duration, routes),
    }),
    stat({
      title: "Requests in progress",
      description: "Requests that are being answered now. It grows when answers become slower than questions come.",
      unit: units.count,
      expr: `sum(http_server_active_requests{${service}})`,
    }),
  ],
};

const rateAndErrors: Row = {
  title: "Requests and errors",
  panels: [
    timeSeries({
      title: "Requests by route",
      description:
        "Requests per second of each route. Paths that no route takes are one series, so that strangers cannot fill the disk.",
      unit: units.requestsPerSecond,
      stacked: true,
      queries: [{ expr: byRouteNamed(sumRate(requests, routes, byRoute)), legend: "{{http_route}}" }],
    }),
    timeSeries({
      title: "Requests by status",
      description: "Requests per second of each HTTP status code; what was broken off has none.",
      unit: units.requestsPerSecond,
      stacked: true,
      colors: { "2..": "green", "3..": "blue", "4..": "orange", "5..": "red" },
      queries: [
        {
          expr: named(sumRate(requests, routes, [status]), status, "(none)"),
          legend: "{{http_response_status_code}}",
        },
      ],
    }),
    timeSeries({
      title: "Failed requests by route",
      description:
        "Share of each route's requests answered with 5xx, or broken off without a status. A route with one request an hour can stand at 100 %: look at its number too.",
      unit: units.ratio,
      thresholds: thresholds.errorRatio,
      queries: [
        {
          expr: byRouteNamed(ratio(sumRateOfAny(requests, failed, byRoute), sumRate(requests, routes, byRoute))),
          legend: "{{http_route}}",
        },
      ],
    }),
  ],
};

const durations: Row = {
  title: "Durations",
  panels: [
    timeSeries({
      title: "Duration",
      description:
        "Half, 95 and 99 of 100 requests were answered within this time. The points are exemplars: a click opens the trace of such a request in Jaeger.",
      unit: units.seconds,
      thresholds: thresholds.duration,
      queries: [
        { expr: quantile(0.5, duration, routes), legend: "p50" },
        { expr: quantile(0.95, duration, routes), legend: "p95" },
        { expr: quantile(0.99, duration, routes), legend: "p99", exemplars: true },
      ],
    }),
    timeSeries({
      title: "Duration by route, p95",
      description: "95 of 100 requests of each route were answered within this time.",
      unit: units.seconds,
      queries: [{ expr: byRouteNamed(quantile(0.95, duration, routes, byRoute)), legend: "{{http_route}}" }],
    }),
    heatmap({
      title: "Distribution of durations",
      description:
        "How many requests took how long. Two bands are two kinds of request, or a cache that is hit or missed. The points are exemplars.",
      unit: units.seconds,
      expr: `sum by (le) (increase(${duration}_bucket{${routes}}[$__rate_interval]))`,
    }),
  ],
};

const dependencies: Row = {
  title: "Calls to other services",
  panels: [
    timeSeries({
      title: "Calls by target",
      description: "HTTP calls per second that the service makes, by the host it calls.",
      unit: units.requestsPerSecond,
      stacked: true,
      queries: [{ expr: sumRate(`${calls}_count`, service, byTarget), legend: "{{server_address}}" }],
    }),
    timeSeries({
      title: "Failed calls by target",
      description:
        "Share of calls that failed: no answer, or a status of 4xx or 5xx. It tells whether the service fails by itself or with what it needs.",
      unit: units.ratio,
      thresholds: thresholds.errorRatio,
      queries: [
        {
          expr: ratio(
            sumRate(`${calls}_count`, `${service}, error_type!=""`, byTarget),
            sumRate(`${calls}_count`, service, byTarget),
          ),
          legend: "{{server_address}}",
        },
      ],
    }),
    timeSeries({
      title: "Duration of calls by target, p95",
      description: "95 of 100 calls were answered within this time. The points are exemplars.",
      unit: units.seconds,
      queries: [{ expr: quantile(0.95, calls, service, byTarget), legend: "{{server_address}}", exemplars: true }],
    }),
  ],
};

/** The workload of the service's pods, whatever its kind: the link to them needs it. */
const workloadOfService = [
  labelValues({
    name: "pods",
    label: "Pods",
    description: "The pods of the service.",
    series: `${requests}{${service}}`,
    of: "k8s_pod_name",
    ...{ many: true, all: "offered" },
  }),
  labelValues({
    name: "workload",
    label: "Workload",
    description: "The workload of these pods, as the cluster says it.",
    series: `${podInfo}{${recorded}, k8s_namespace_name=~"$namespace", k8s_pod_name=~"$pods"}`,
    of: "workload",
  }),
].map((variable) => variable.hide(VariableHide.HideVariable));

/** Any instrumented HTTP service, chosen at the top: requests, errors, durations, what it calls, what it needs. With pods, deploys are marked. */
export function apiDashboard({ pods: withPods, logs }: Ways): FolderDashboard {
  return dashboard({
    uid: dashboardUids.api,
    title: "API",
    description: "Requests, errors and durations of one instrumented HTTP service, and what it needs to answer them.",
    folder: "applications",
    variables: [
      labelValues({
        name: "namespace",
        label: "Namespace",
        description: "Namespace of the service's pods.",
        series: requests,
        of: "k8s_namespace_name",
        many: true,
      }),
      labelValues({
        name: "service",
        label: "Service",
        description: "The instrumented service, by its service.name.",
        series: `${requests}{k8s_namespace_name=~"$namespace"}`,
        of: "service_name",
      }),
      labelValues({
        name: "route",
        label: "Route",
        description: "Routes of the service; all of them include requests that no route took.",
        series: `${requests}{${service}}`,
        of: "http_route",
        many: true,
      }),
      ...(withPods ? workloadOfService : []),
    ],
    links: [tracesOfService, ...(withPods ? [podsOfService] : []), ...(logs ? [logsOfService] : [])],
    annotations: withPods ? [deploys('k8s_namespace_name=~"$namespace"', `${requests}{${service}}`)] : [],
    rows: [
      overview,
      rateAndErrors,
      durations,
      objectivesRow(service),
      dependencies,
      ...pythonRows(service),
      nodeRow(service),
    ],
  });
}

import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { jaeger } from "./datasources.ts";

/** The tag by which the dashboards find each other. */
export const dashboardTag = "fluffy-observability";

/** The menu with the other dashboards; the time range goes along. */
export const otherDashboards = new DashboardLinkBuilder("Dashboards")
  .type(DashboardLinkType.Dashboards)
  .tags([dashboardTag])
  .asDropdown(true)
  .keepTime(true)
  .includeVars(false);

/** Opens the traces of the chosen service, in the dashboard's time range. */
export const tracesOfService = new DashboardLinkBuilder("Traces of this service")
  .type(DashboardLinkType.Link)
  .icon("external link")
  .tooltip("Search Jaeger for traces of the chosen service")
  .url(exploreUrl({ queryType: "search", service: "${service}" }));

/** Opens the pods of the chosen service, in the dashboard's time range. */
export const podsOfService = new DashboardLinkBuilder("Pods of this service")
  .type(DashboardLinkType.Link)
  .icon("dashboard")
  .tooltip("What the pods of the chosen service use, and how they fare")
  .keepTime(true)
  .url(`/d/${dashboardUids.workloads}?\${namespace:queryparam}&\${workload:queryparam}`);

/** What a service's dashboard can lead to. */
export interface Ways {
  /** Whether there are metrics of the cluster. */
  readonly pods: boolean;
  /** Whether the stack has a store of logs. */
  readonly logs: boolean;
}

/** Opens the log lines of the chosen service, in the dashboard's time range. */
export const logsOfService = new DashboardLinkBuilder("Logs of this service")
  .type(DashboardLinkType.Link)
  .icon("dashboard")
  .tooltip("What the pods of the chosen service print")
  .keepTime(true)
  .url(`/d/${dashboardUids.logs}?\${service:queryparam}&\${namespace:queryparam}`);

/** From a row of a table to the log lines of its service. */
export const toLogsOfService = {
  title: "Log lines of this service",
  url: rowUrl(dashboardUids.logs, { service: "Service", namespace: "Namespace" }),
} as const;

/** From a row of a table to the log lines of its pod. */
export const toLogsOfPod = {
  title: "Log lines of this pod",
  url: rowUrl(dashboardUids.logs, { pod: "Pod", namespace: "Namespace" }),
} as const;

/** From a row of a table to the API dashboard of its service. */
export const toApiDashboard = {
  title: "Requests of this service",
  url: rowUrl(dashboardUids.api, { service: "Service", namespace: "Namespace" }),
} as const;

/**
 * Grafana's address of another dashboard with what stands in a row of a table, in the same time range.
 *
 * @param columns by variable, the header of the column that it takes
 */
function rowUrl(uid: string, columns: Readonly<Record<string, string>>): string {
  const chosen = Object.entries(columns).map(([variable, header]) => `var-${variable}=\${__data.fields.${header}}`);
  return `/d/${uid}?${[...chosen, "${__url_time_range}"].join("&")}`;
}

/** Grafana's address for a query of Jaeger. Everything is escaped but its variables, which Grafana fills in. */
function exploreUrl(query: Record<string, string>): string {
  const panes = {
    traces: {
      datasource: jaeger.uid,
      queries: [{ refId: "A", datasource: jaeger, ...query }],
      range: { from: "${__from}", to: "${__to}" },
    },
  };
  const escaped = encodeURIComponent(JSON.stringify(panes)).replaceAll(
    /%24%7B(\w+)%7D/g,
    (_, name: string) => `\${${name}}`,
  );
  return `/explore?schemaVersion=1&panes=${escaped}`;
}

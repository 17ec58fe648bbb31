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

/** From a row of a table to the API dashboard of its service. */
export const toApiDashboard = {
  title: "Requests of this service",
  url:
    `/d/${dashboardUids.api}?var-service=\${__data.fields.Service}&var-namespace=\${__data.fields.Namespace}` +
    "&${__url_time_range}",
} as const;

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

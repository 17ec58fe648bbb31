import { grafanaInstance } from "../../components/backends/grafanaInstance.ts";
import type { GrafanaDashboardSpec } from "../../components/customResources/grafana.ts";
import { dashboard } from "../../dashboards/kit/dashboard.ts";
import { folders } from "../../dashboards/kit/folders.ts";
import { timeSeries } from "../../dashboards/kit/panels/timeSeries.ts";
import { quantile, ratio, sumRate } from "../../dashboards/kit/promql.ts";
import { units } from "../../dashboards/kit/units.ts";
import { ordersApi, ordersCounter, teamNamespace } from "./ordersApi.ts";

const { name, matcher } = ordersCounter;
const ofOrdersApi = `service_name="${ordersApi.name}"`;
/** Node's instrumentation counts the exports of the SDK too, which are POST. */
const ofCatalogue = `${ofOrdersApi},http_request_method="GET"`;

/** The team's own dashboard, in the platform's folder for applications; the platform's Grafana looks for it here too. */
export function ordersDashboard(): GrafanaDashboardSpec {
  const { uid, dashboard: json } = dashboard({
    // The namespace and _ in front: no other team's dashboard has it, and the platform takes no other.
    uid: `${teamNamespace}_orders`,
    title: "Orders",
    description: "The orders API: what it is asked for, and what the catalogue behind it answers.",
    folder: "applications",
    rows: [
      {
        title: "Orders",
        panels: [
          timeSeries({
            title: "Orders by outcome",
            description: "Orders per second that were found and that failed, as the API counts them itself.",
            unit: units.requestsPerSecond,
            queries: [{ expr: sumRate(name, matcher, ["outcome"]), legend: "{{outcome}}" }],
          }),
          timeSeries({
            title: "Share of failed orders",
            description: "Failed orders among all; an alert is raised above a tenth.",
            unit: units.ratio,
            queries: [
              {
                expr: ratio(sumRate(name, `${matcher},outcome="failed"`), sumRate(name, matcher)),
                legend: "failed",
              },
            ],
          }),
          timeSeries({
            title: "Duration, p95",
            description: "How long the orders API and the catalogue behind it take, from the injected instrumentation.",
            unit: units.seconds,
            queries: [
              { expr: quantile(0.95, "http_server_request_duration_seconds", ofOrdersApi), legend: "orders API" },
              { expr: quantile(0.95, "http_client_request_duration_seconds", ofCatalogue), legend: "catalogue" },
            ],
          }),
        ],
      },
    ],
  });
  // A folder of another namespace is found by its uid only.
  return { ...grafanaInstance(true), uid, folderUID: folders.applications.uid, json: JSON.stringify(json) };
}

/** Uids that links lead to, and that never change. */
export const dashboardUids = {
  api: "fluffy-api",
  services: "fluffy-services",
  collector: "fluffy-collector",
  platform: "fluffy-platform",
  workloads: "fluffy-workloads",
  nodes: "fluffy-nodes",
  logs: "fluffy-logs",
} as const;

/**
 * The API dashboard of a service.
 *
 * @param grafanaUrl base URL of Grafana
 * @param service its `service.name`
 * @param namespace the namespace of its pods
 */
export function apiDashboardUrl(grafanaUrl: string, service: string, namespace: string): string {
  const query = new URLSearchParams({ "var-service": service, "var-namespace": namespace });
  return `${grafanaUrl.replace(/\/+$/, "")}/d/${dashboardUids.api}?${query.toString()}`;
}

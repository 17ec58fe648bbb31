import type { GrafanaDatasourceSpec } from "../customResources/grafana.ts";

/** The label by which data sources, folders and dashboards find the stack's Grafana. */
export const instanceLabels = { dashboards: "grafana" } as const;

/** Where Grafana's data comes from, as URLs inside the cluster. */
export interface DatasourceUrls {
  readonly prometheus: string;
  readonly jaeger: string;
}

/** Fixed uids: dashboards and links refer to them. */
export const datasourceUids = { prometheus: "prometheus", jaeger: "jaeger" } as const;

/** The data sources of the stack's Grafana: an exemplar of a metric opens its trace. */
export function grafanaDatasources(urls: DatasourceUrls): GrafanaDatasourceSpec[] {
  return [
    {
      instanceSelector: { matchLabels: instanceLabels },
      uid: datasourceUids.prometheus,
      datasource: {
        name: "Prometheus",
        type: "prometheus",
        access: "proxy",
        url: urls.prometheus,
        isDefault: true,
        jsonData: { exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: datasourceUids.jaeger }] },
      },
    },
    {
      instanceSelector: { matchLabels: instanceLabels },
      uid: datasourceUids.jaeger,
      datasource: { name: "Jaeger", type: "jaeger", access: "proxy", url: urls.jaeger },
    },
  ];
}

import { datasourceUids } from "../../catalog/names.ts";

/** The data sources as the dashboards refer to them. */
export const prometheus = { type: "prometheus", uid: datasourceUids.prometheus } as const;
/** Grafana fetches the plug-in of this type. */
export const logs = { type: "victoriametrics-logs-datasource", uid: datasourceUids.logs } as const;
export const jaeger = { type: "jaeger", uid: datasourceUids.jaeger } as const;

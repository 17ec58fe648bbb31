import type { GrafanaDatasourceSpec } from "../customResources/grafana.ts";
import { datasourceUids } from "../names.ts";
import { grafanaInstance } from "./grafanaInstance.ts";
import { traceToMetrics } from "./traceToMetrics.ts";

/** Where Grafana's data comes from. */
export interface DatasourceArgs {
  /** URLs inside the cluster. */
  readonly prometheus: string;
  readonly jaeger: string;
  /** Seconds between two samples of the slowest of the metrics that dashboards show. */
  readonly sampleInterval: number;
  readonly allowCrossNamespaceImport: boolean;
}

/** The data sources of the stack's Grafana: an exemplar of a metric opens its trace, a span opens its metrics. */
export function grafanaDatasources(args: DatasourceArgs): GrafanaDatasourceSpec[] {
  const instance = grafanaInstance(args.allowCrossNamespaceImport);
  return [
    {
      ...instance,
      uid: datasourceUids.prometheus,
      datasource: {
        name: "Prometheus",
        type: "prometheus",
        access: "proxy",
        url: args.prometheus,
        isDefault: true,
        jsonData: {
          httpMethod: "POST",
          prometheusType: "Prometheus",
          // Grafana makes the windows of rates from it: a shorter one would find a single sample in some, and show nothing.
          timeInterval: `${args.sampleInterval}s`,
          exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: datasourceUids.jaeger }],
        },
      },
    },
    {
      ...instance,
      uid: datasourceUids.jaeger,
      datasource: {
        name: "Jaeger",
        type: "jaeger",
        access: "proxy",
        url: args.jaeger,
        jsonData: { nodeGraph: { enabled: true }, tracesToMetrics: traceToMetrics },
      },
    },
  ];
}

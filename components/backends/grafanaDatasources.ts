import type { GrafanaDatasourceSpec } from "../customResources/grafana.ts";
import { datasourceUids } from "../../catalog/names.ts";
import { versions } from "../../catalog/versions.ts";
import { logs as logsSource } from "../../dashboards/kit/datasources.ts";
import { grafanaInstance } from "./grafanaInstance.ts";
import { logsToTrace, traceToLogs } from "./traceToLogs.ts";
import { traceToMetrics } from "./traceToMetrics.ts";

/** Where Grafana's data comes from. */
export interface DatasourceArgs {
  /** URLs inside the cluster. */
  readonly prometheus: string;
  readonly jaeger: string;
  /** Undefined where the stack makes no store of logs. */
  readonly logs: string | undefined;
  /** Seconds between two samples of the slowest of the metrics that dashboards show. */
  readonly sampleInterval: number;
  readonly allowCrossNamespaceImport: boolean;
}

/** The data sources of the stack's Grafana: an exemplar of a metric opens its trace, a span its metrics and log lines, a line its trace. */
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
        jsonData: {
          nodeGraph: { enabled: true },
          tracesToMetrics: traceToMetrics,
          ...(args.logs === undefined ? {} : { tracesToLogsV2: traceToLogs }),
        },
      },
    },
    ...(args.logs === undefined ? [] : [logs(instance, args.logs)]),
  ];
}

/** What Grafana fetches from grafana.com beside its start, as its setting `preinstall` wants it: without internet it starts without it. */
export const logsPlugin = `${logsSource.type}@${versions.victoriaLogsDatasource}`;

/** Severities by OpenTelemetry's numbers, as Grafana names and colours them: the highest rule that holds. */
const logLevelRules = [
  { above: 20, level: "critical" },
  { above: 16, level: "error" },
  { above: 12, level: "warning" },
  { above: 8, level: "info" },
  { above: 4, level: "debug" },
  { above: 0, level: "trace" },
].map(({ above, level }) => ({
  field: "severity_number",
  operator: "greaterThan",
  value: above,
  level,
  enabled: true,
}));

function logs(instance: ReturnType<typeof grafanaInstance>, url: string): GrafanaDatasourceSpec {
  return {
    ...instance,
    uid: datasourceUids.logs,
    datasource: {
      name: "Logs",
      type: logsSource.type,
      access: "proxy",
      url,
      jsonData: { derivedFields: [logsToTrace], logLevelRules },
    },
  };
}

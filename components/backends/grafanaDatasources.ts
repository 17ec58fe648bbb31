import type { GrafanaDatasourceSpec } from "../customResources/grafana.ts";
import { datasourceUids } from "../../catalog/names.ts";
import { versions } from "../../catalog/versions.ts";
import { logs as logsSource } from "../../dashboards/kit/datasources.ts";
import { grafanaInstance } from "./grafanaInstance.ts";
import { logsToTrace, traceToLogs } from "./traceToLogs.ts";
import { traceToMetrics } from "./traceToMetrics.ts";
import type { Source } from "../tls/sources.ts";
import { caKey } from "../tls/tlsFiles.ts";

/** Where Grafana's data comes from. */
export interface DatasourceArgs {
  readonly prometheus: Source;
  readonly jaeger: Source;
  /** Undefined where the stack makes no store of logs. */
  readonly logs: Source | undefined;
  /** Seconds between two samples of the slowest of the metrics that dashboards show. */
  readonly sampleInterval: number;
  readonly allowCrossNamespaceImport: boolean;
}

/** The data sources of the stack's Grafana, which check certificates by the CA of the platform: an exemplar of a metric opens its trace, a span its metrics and log lines, a line its trace. */
export function grafanaDatasources(args: DatasourceArgs): GrafanaDatasourceSpec[] {
  const instance = grafanaInstance(args.allowCrossNamespaceImport);
  return [
    {
      ...instance,
      uid: datasourceUids.prometheus,
      ...caOf(args.prometheus),
      datasource: {
        name: "Prometheus",
        type: "prometheus",
        access: "proxy",
        url: args.prometheus.url,
        isDefault: true,
        ...checking(args.prometheus, {
          httpMethod: "POST",
          prometheusType: "Prometheus",
          // Grafana makes the windows of rates from it: a shorter one would find a single sample in some, and show nothing.
          timeInterval: `${args.sampleInterval}s`,
          exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: datasourceUids.jaeger }],
        }),
      },
    },
    {
      ...instance,
      uid: datasourceUids.jaeger,
      ...caOf(args.jaeger),
      datasource: {
        name: "Jaeger",
        type: "jaeger",
        access: "proxy",
        url: args.jaeger.url,
        ...checking(args.jaeger, {
          nodeGraph: { enabled: true },
          tracesToMetrics: traceToMetrics,
          ...(args.logs === undefined ? {} : { tracesToLogsV2: traceToLogs }),
        }),
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

/** The operator puts the CA into the place of the variable, and Grafana encrypts it: it stands in no object of the stack. */
function caOf({ caSecret }: Source): Pick<GrafanaDatasourceSpec, "valuesFrom"> {
  if (caSecret === undefined) return {};
  const valueFrom = { secretKeyRef: { name: caSecret, key: caKey } };
  return { valuesFrom: [{ targetPath: "secureJsonData.tlsCACert", valueFrom }] };
}

/** What a data source is told, and that it knows a certificate by the CA alone. */
function checking(
  { caSecret }: Source,
  jsonData: Record<string, unknown>,
): Pick<GrafanaDatasourceSpec["datasource"], "jsonData" | "secureJsonData"> {
  if (caSecret === undefined) return { jsonData };
  return { jsonData: { ...jsonData, tlsAuthWithCACert: true }, secureJsonData: { tlsCACert: `\${${caKey}}` } };
}

function logs(instance: ReturnType<typeof grafanaInstance>, source: Source): GrafanaDatasourceSpec {
  return {
    ...instance,
    uid: datasourceUids.logs,
    ...caOf(source),
    datasource: {
      name: "Logs",
      type: logsSource.type,
      access: "proxy",
      url: source.url,
      ...checking(source, { derivedFields: [logsToTrace], logLevelRules }),
    },
  };
}

import { clusterUrl, hasLogStore } from "../../catalog/endpoints.ts";
import { namespaces, ports, services } from "../../catalog/names.ts";
import { exporterTls } from "../tls/tlsFiles.ts";
import type { Settings } from "../../settings/read.ts";

/** Id of the exporter of log records. */
export const logsExporterId = "otlp_http/logs";

/**
 * By what VictoriaLogs tells streams apart. Without it every resource attribute does, the id of a process too, and there would be streams
 * without end.
 */
const streamFields = ["service.name", "k8s.namespace.name", "k8s.pod.name", "k8s.container.name"];

/** Where log records go. */
export interface LogsTarget {
  /** URL for OTLP/HTTP of any store: `/v1/logs` is added; or the whole URL of the stack's own. */
  readonly address: { readonly endpoint: string } | { readonly logs_endpoint: string };
  readonly headers: Readonly<Record<string, string>>;
  /** What every store takes, or what costs less. */
  readonly compression: "gzip" | "snappy";
  /** How the store's certificate is checked. @default - by the CAs of the image */
  readonly tls?: { readonly ca_file: string };
}

/** Where a stack's log records go; undefined where logs are off. */
export function logsTarget(settings: Pick<Settings, "parts" | "logs" | "tls">): LogsTarget | undefined {
  if (!settings.parts.logs) return undefined;
  if (!hasLogStore(settings)) {
    return { address: { endpoint: settings.logs.otlpEndpoint }, headers: {}, compression: "gzip" };
  }
  const { internal } = settings.tls;
  const url = clusterUrl({
    ...{ namespace: namespaces.observability, service: services.logs },
    ...{ port: internal ? ports.logsTls : ports.logs, encrypted: internal },
  });
  return {
    address: { logs_endpoint: `${url}/insert/opentelemetry/v1/logs` },
    headers: { "VL-Stream-Fields": streamFields.join(",") },
    compression: "snappy",
    ...(internal ? exporterTls() : {}),
  };
}

/**
 * The exporter's configuration.
 *
 * @param queue what its queue has besides
 * @param patience how long it tries again; "0s" is without end
 */
export function logsExporter(target: LogsTarget, queue: Readonly<Record<string, unknown>>, patience: string) {
  return {
    ...target.address,
    headers: target.headers,
    compression: target.compression,
    ...(target.tls === undefined ? {} : { tls: target.tls }),
    // Below the 64 MiB that VictoriaLogs takes at once, and what other stores take.
    sending_queue: {
      enabled: true,
      ...queue,
      batch: { sizer: "bytes", min_size: 500_000, max_size: 4_000_000, flush_timeout: "200ms" },
    },
    retry_on_failure: { enabled: true, max_interval: "10s", max_elapsed_time: patience },
  };
}

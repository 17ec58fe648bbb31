import { clusterUrl, type Endpoint, endpoints } from "../../catalog/endpoints.ts";
import type { Exposable } from "../../settings/access.ts";
import type { Settings } from "../../settings/read.ts";
import { servedSecrets } from "./certificates.ts";

/** Where data is asked for. */
export interface Source {
  /** URL inside the cluster, or of a store elsewhere. */
  readonly url: string;
  /** Secret in `observability` that has the CA under `ca.crt`. @default - its certificate, if it has one, is of a public CA */
  readonly caSecret?: string;
}

/** A part of the stack as a source. */
export function sourceOf(part: Exposable, endpoint: Endpoint): Source {
  const url = clusterUrl(endpoint);
  return endpoint.encrypted === true && part !== "grafana" ? { url, caSecret: servedSecrets[part] } : { url };
}

/** Where metrics are asked for: Prometheus, or the store that has those of all its shards. */
export function metricsSource(settings: Settings): Source {
  const { prometheus } = endpoints(settings);
  return settings.prometheus.queryUrl === ""
    ? sourceOf("prometheus", prometheus)
    : { url: settings.prometheus.queryUrl };
}

/** Where traces are asked for. */
export function tracesSource(settings: Settings): Source {
  const { jaeger } = endpoints(settings);
  return jaeger === undefined ? { url: settings.jaeger.url } : sourceOf("jaeger", jaeger);
}

/** Where log lines are asked for; undefined where the stack makes no store of them. */
export function logsSource(settings: Settings): Source | undefined {
  const { logs } = endpoints(settings);
  return logs === undefined ? undefined : sourceOf("logs", logs);
}

import { everyAddress } from "../../catalog/names.ts";
import { serverTls } from "../tls/tlsFiles.ts";
import { mebibytes } from "../../settings/quantities.ts";

/** Port of the health check, from which the operator makes the pod's probes. */
export const healthPort = 13133;

export const healthCheck = { endpoint: `${everyAddress}:${healthPort}` } as const;

/**
 * An exporter that Prometheus scrapes; exemplars are only in these formats.
 *
 * @param encrypted it is scraped over TLS, and no other way
 */
export function shown(port: number, encrypted: boolean): Record<string, unknown> {
  const tls = encrypted ? serverTls : {};
  return { endpoint: `${everyAddress}:${port}`, ...tls, enable_open_metrics: true, without_scope_info: true };
}

/**
 * A limiter in MiB of the container's limit: a percentage would read the machine outside a container. Above 80 % it also
 * collects garbage; the rest is for what is on its way.
 *
 * @param spike share of the container's limit below those 80 % from which on it refuses new data
 */
export function memoryLimiter(memoryLimit: string, spike: number): Record<string, unknown> {
  const limit = mebibytes(memoryLimit);
  return { check_interval: "1s", limit_mib: Math.floor(limit * 0.8), spike_limit_mib: Math.floor(limit * spike) };
}

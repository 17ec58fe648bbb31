import type { MonitorEndpoint } from "../customResources/monitors.ts";
import { namespaces, resources } from "../../catalog/names.ts";

/** A target of Prometheus: a Service, found by its labels, and the ports that show its metrics. */
export interface Target {
  readonly namespace: string;
  readonly matchLabels: Record<string, string>;
  readonly jobLabel?: string;
  readonly endpoints: readonly MonitorEndpoint[];
}

/** A Service in the stack's own namespace, with one port that shows metrics. */
export function ofOwnNamespace(
  matchLabels: Record<string, string>,
  port: string,
  more: Partial<MonitorEndpoint> = {},
): Target {
  return { namespace: namespaces.observability, matchLabels, endpoints: [{ port, ...more }] };
}

/** Metrics that only an authorized caller sees. */
export const secured = {
  scheme: "https",
  authorization: { credentials: { name: resources.prometheusToken, key: "token" } },
} as const satisfies Partial<MonitorEndpoint>;

/** A certificate that the target signs itself whenever it starts: there is no CA to verify it by. */
export const selfSigned = { tlsConfig: { insecureSkipVerify: true } } as const satisfies Partial<MonitorEndpoint>;

/** A certificate that the cluster's CA signed. */
export const clusterCa = {
  tlsConfig: { ca: { secret: { name: resources.prometheusToken, key: "ca.crt" } } },
} as const satisfies Partial<MonitorEndpoint>;

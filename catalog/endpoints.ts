import { namespaces, ports, serviceHost, services } from "./names.ts";
import { shellQuote } from "./shellQuote.ts";
import { type Exposable, exposables } from "../settings/access.ts";
import type { Settings } from "../settings/read.ts";

/** A Service of the platform and the port that users know it by. */
export interface Endpoint {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** The endpoints that the stack makes. One that is off, or elsewhere, is not there. */
export interface Endpoints {
  readonly prometheus: Endpoint;
  readonly alertmanager: Endpoint;
  readonly jaeger?: Endpoint;
  readonly logs?: Endpoint;
  readonly grafana?: Endpoint;
  readonly sampleApi?: Endpoint;
}

/** The Services that users open, as the operators name them. */
export function endpoints(settings: Pick<Settings, "parts" | "jaegerEngine" | "logs">): Endpoints {
  const { parts, jaegerEngine } = settings;
  const namespace = namespaces.observability;
  const jaegerService = jaegerEngine === "v2" ? services.jaegerQuery : services.jaegerV1Query;
  return {
    ...(parts.jaeger ? { jaeger: { namespace, service: jaegerService, port: ports.jaegerQuery } } : {}),
    prometheus: { namespace, service: services.prometheus, port: ports.prometheus },
    alertmanager: { namespace, service: services.alertmanager, port: ports.alertmanager },
    ...(hasLogStore(settings) ? { logs: { namespace, service: services.logs, port: ports.logs } } : {}),
    ...(parts.grafana ? { grafana: { namespace, service: services.grafana, port: ports.grafana } } : {}),
    ...(parts.sampleApi
      ? { sampleApi: { namespace: namespaces.sampleApi, service: services.sampleApi, port: ports.sampleApi } }
      : {}),
  };
}

/** The endpoint's URL inside the cluster. */
export function clusterUrl({ service, namespace, port }: Endpoint): string {
  return `http://${serviceHost(service, namespace)}:${port}`;
}

/** Where metrics are asked for: Prometheus, or the store that has those of all its shards. */
export function metricsUrl(settings: Pick<Settings, "parts" | "jaegerEngine" | "logs" | "prometheus">): string {
  return settings.prometheus.queryUrl || clusterUrl(endpoints(settings).prometheus);
}

/**
 * The command that brings an endpoint to this machine, on the same port.
 *
 * @param endpoint Service and port
 * @param kubeContext context of the kubeconfig; empty for the current one
 */
export function portForward({ service, namespace, port }: Endpoint, kubeContext: string): string {
  // A context may hold blanks, or more that a shell reads.
  const quoted = /^[\w@.:/-]+$/.test(kubeContext) ? kubeContext : shellQuote(kubeContext);
  const context = kubeContext === "" ? "" : ` --context ${quoted}`;
  return `kubectl port-forward${context} --namespace ${namespace} service/${service} ${port}:${port}`;
}

/** Whether an issuer of the site may have an ACME server ask for the stack's hosts. */
export function hasAcmeSolver({ access }: Pick<Settings, "access">): boolean {
  return Object.keys(access.hosts).length > 0 && /^(Cluster)?Issuer\//.test(access.issuer);
}

/** Whether the stack makes a store of logs of its own. */
export function hasLogStore({ parts, logs }: Pick<Settings, "parts" | "logs">): boolean {
  return parts.logs && logs.otlpEndpoint === "";
}

/** What has a host name and no login of its own, where the stack asks for one before it. */
export function partsBehindProxy({ access }: Pick<Settings, "access">): Exposable[] {
  if (access.authentication !== "oauth2-proxy") return [];
  return exposables.filter((part) => part !== "grafana" && access.hosts[part] !== undefined);
}

/** Whether the stack asks for a login anywhere. */
export function hasLoginProxy(settings: Pick<Settings, "access">): boolean {
  return partsBehindProxy(settings).length > 0;
}

/** host:port of the OTLP/gRPC receiver that the collector sends traces to. */
export function jaegerOtlpEndpoint({ parts, jaegerEngine, jaeger }: Settings): string {
  if (!parts.jaeger) return jaeger.endpoint;
  const service = jaegerEngine === "v2" ? services.jaegerOtlp : services.jaegerV1Otlp;
  return `${serviceHost(service, namespaces.observability)}:${ports.otlpGrpc}`;
}

/** Where applications send OTLP: host:port for OTLP/gRPC, and the URL for OTLP/HTTP, whose scheme says whether both are over TLS. */
export function collectorEndpoints({ tls }: Pick<Settings, "tls">): { grpc: string; http: string } {
  const host = serviceHost(services.collector, namespaces.observability);
  return {
    grpc: `${host}:${ports.otlpGrpc}`,
    http: `${tls.applications ? "https" : "http"}://${host}:${ports.otlpHttp}`,
  };
}

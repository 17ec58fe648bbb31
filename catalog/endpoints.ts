import { namespaces, ports, serviceHost, services } from "./names.ts";
import { shellQuote } from "./shellQuote.ts";
import { type Exposable, exposables } from "../settings/access.ts";
import type { Settings } from "../settings/read.ts";

/** A Service of the platform and the port that users know it by. */
export interface Endpoint {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** It is asked over TLS, and no other way. @default false */
  readonly encrypted?: boolean;
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

type EndpointSettings = Pick<Settings, "parts" | "jaegerEngine" | "logs" | "tls" | "access">;

/** The Services that users open, as the operators name them. */
export function endpoints(settings: EndpointSettings): Endpoints {
  const { parts, jaegerEngine } = settings;
  const namespace = namespaces.observability;
  const jaegerService = jaegerEngine === "v2" ? services.jaegerQuery : services.jaegerV1Query;
  const logsPort = isEncrypted("logs", settings) ? ports.logsTls : ports.logs;
  const own = (part: Exposable, service: string, port: number): Endpoint => ({
    ...{ namespace, service, port },
    ...(isEncrypted(part, settings) ? { encrypted: true } : {}),
  });
  return {
    ...(parts.jaeger ? { jaeger: own("jaeger", jaegerService, ports.jaegerQuery) } : {}),
    prometheus: own("prometheus", services.prometheus, ports.prometheus),
    alertmanager: own("alertmanager", services.alertmanager, ports.alertmanager),
    ...(hasLogStore(settings) ? { logs: own("logs", services.logs, logsPort) } : {}),
    ...(parts.grafana ? { grafana: own("grafana", services.grafana, ports.grafana) } : {}),
    ...(parts.sampleApi
      ? { sampleApi: { namespace: namespaces.sampleApi, service: services.sampleApi, port: ports.sampleApi } }
      : {}),
  };
}

/**
 * Whether a part that people open is asked over TLS. One that a gateway of the site asks itself is not: the gateway would have to be told the
 * CA, and a program has one address for it and for all others. Grafana's operator would start it anew for each new certificate.
 */
export function isEncrypted(part: Exposable, { tls, access }: Pick<Settings, "tls" | "access">): boolean {
  const askedByGateway = access.hosts[part] !== undefined && !partsBehindProxy({ access }).includes(part);
  return tls.internal && part !== "grafana" && !askedByGateway;
}

/** The endpoint's URL inside the cluster. */
export function clusterUrl({ service, namespace, port, encrypted = false }: Endpoint): string {
  return `${encrypted ? "https" : "http"}://${serviceHost(service, namespace)}:${port}`;
}

/** Where metrics are asked for: Prometheus, or the store that has those of all its shards. */
export function metricsUrl(settings: EndpointSettings & Pick<Settings, "prometheus">): string {
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

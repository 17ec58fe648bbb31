import { namespaces, ports, serviceHost, services } from "../../catalog/names.ts";
import { ordersApi } from "../../stacks/team-api/ordersApi.ts";
import { UserError } from "../../cli/errors.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";

/** The loopback port for each port that a program has in the cluster; a port that is not in it stays the same. */
export type PortMap = Readonly<Record<number, number>>;

/** Where each program listens on loopback. */
export interface LocalPorts {
  collector: PortMap;
  tailSampler: PortMap;
  jaeger: PortMap;
  prometheus: number;
  alertmanager: number;
  logs: number;
  logAgent: PortMap;
  app: number;
  upstream: number;
  /** The second team's API. */
  ordersApi: number;
  /** The page that `open` serves. */
  page: number;
}

/** The ports that users know. Jaeger and the collector share one address here, so Jaeger gives way where both want a port. */
export const userPorts: LocalPorts = {
  collector: {},
  // The collector has these.
  tailSampler: { [ports.otlpGrpc]: 24317, [ports.collectorSelf]: 38888, [healthPort]: 33133 },
  jaeger: { [ports.otlpGrpc]: 14317, [ports.otlpHttp]: 14318, [ports.collectorSelf]: 18888 },
  prometheus: ports.prometheus,
  alertmanager: ports.alertmanager,
  logs: ports.logs,
  // The collector has these.
  logAgent: { [ports.collectorSelf]: 28888, [ports.collectorLogRecords]: 28893, [healthPort]: 23133 },
  app: ports.sampleApi,
  upstream: 18000,
  ordersApi: ordersApi.port,
  page: 8090,
};

/** Ports in a row from the first one, for a second sandbox beside one on the ports that users know. */
export function portsFrom(first: number): LocalPorts {
  const row = (inCluster: number[], start: number) =>
    Object.fromEntries(inCluster.map((port, index) => [port, start + index]));
  const { otlpGrpc, otlpHttp, collectorSelf, collectorHistograms, jaegerQuery, jaegerQueryGrpc } = ports;
  const { collectorCounters, collectorGauges, collectorSpanMetrics, collectorLogRecords } = ports;
  return {
    collector: {
      ...row([otlpGrpc, otlpHttp, collectorSelf, collectorHistograms, healthPort], first),
      ...row([collectorCounters, collectorGauges, collectorSpanMetrics, collectorLogRecords], first + 15),
    },
    jaeger: row([otlpGrpc, otlpHttp, collectorSelf, jaegerQueryGrpc, jaegerQuery], first + 5),
    prometheus: first + 10,
    app: first + 11,
    upstream: first + 12,
    ordersApi: first + 13,
    alertmanager: first + 14,
    logs: first + 19,
    logAgent: row([collectorSelf, collectorLogRecords, healthPort], first + 20),
    page: first + 23,
    tailSampler: row([otlpGrpc, collectorSelf, healthPort], first + 24),
  };
}

/** The loopback port of a program's port in the cluster. */
export function localPort(map: PortMap, port: number): number {
  return map[port] ?? port;
}

/** A host name of the cluster and what stands for it on this machine, both as host:port. */
export interface HostMapping {
  inCluster: string;
  local: string;
}

/** The in-cluster addresses that the live objects may name: the only ones that are mapped. */
export function hostMappings(local: LocalPorts): HostMapping[] {
  const mapping = (service: string, map: PortMap, port: number, namespace: string = namespaces.observability) => ({
    inCluster: `${serviceHost(service, namespace)}:${port}`,
    local: `127.0.0.1:${localPort(map, port)}`,
  });
  return [
    mapping(services.collector, local.collector, ports.otlpGrpc),
    mapping(services.collector, local.collector, ports.otlpHttp),
    mapping(services.tailSamplerPods, local.tailSampler, ports.otlpGrpc),
    mapping(services.jaegerOtlp, local.jaeger, ports.otlpGrpc),
    mapping(services.jaegerOtlp, local.jaeger, ports.otlpHttp),
    mapping(services.prometheus, { [ports.prometheus]: local.prometheus }, ports.prometheus),
    mapping(services.alertmanager, { [ports.alertmanager]: local.alertmanager }, ports.alertmanager),
    mapping(services.logs, { [ports.logs]: local.logs }, ports.logs),
    mapping(services.logs, { [ports.logsTls]: local.logs }, ports.logsTls),
    mapping(services.sampleApi, { [ports.sampleApi]: local.app }, ports.sampleApi, namespaces.sampleApi),
  ];
}

/**
 * The same text with an in-cluster address replaced.
 *
 * @param where for the error: what holds the text
 * @throws UserError for a Service that does not run on this machine.
 */
export function mapHosts(text: string, mappings: readonly HostMapping[], where: string): string {
  return text.replaceAll(/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.svc(?:\.cluster\.local)?(?::\d+)?(?!\.?\w)/g, (address) => {
    const short = address.replace(".cluster.local", "");
    const found = mappings.find(({ inCluster }) => inCluster === short);
    if (found !== undefined) return found.local;
    const known = mappings.map(({ inCluster }) => inCluster).join(", ");
    throw new UserError(`${where}: nothing on this machine stands for "${address}", only for ${known}`);
  });
}

/**
 * A program's configuration for this machine: in-cluster host names are mapped, and what listens on all addresses listens
 * on loopback. Everything else stays.
 *
 * @param name the object that the configuration is from, for errors
 */
export function loopbackConfig<Config>(
  config: Config,
  map: PortMap,
  mappings: readonly HostMapping[],
  name: string,
): Config {
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === "string") return mapHosts(mapListener(value, map), mappings, `${name}, key ${path}`);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    // The collector's own metrics have host and port apart.
    const { host, hostname, port } = value as { host?: unknown; hostname?: unknown; port?: unknown };
    if (isEverywhere(host) && typeof port === "number") {
      return { ...value, host: "127.0.0.1", port: localPort(map, port) };
    }
    // So has a name that is looked up for the addresses of all its pods.
    if (typeof hostname === "string" && typeof port === "string") {
      const [address, number] = mapHosts(`${hostname}:${port}`, mappings, `${name}, key ${path}`).split(":");
      return { ...value, hostname: address, port: number };
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, walk(item, path === "" ? key : `${path}.${key}`)]));
  };
  return walk(config, "") as Config;
}

function isEverywhere(host: unknown): boolean {
  return host === "" || host === "0.0.0.0" || host === "[::]" || host === "::";
}

function mapListener(text: string, map: PortMap): string {
  const [, host, port] = /^(0\.0\.0\.0|\[::\]|):(\d+)$/.exec(text) ?? [];
  return host === undefined ? text : `127.0.0.1:${localPort(map, Number(port))}`;
}

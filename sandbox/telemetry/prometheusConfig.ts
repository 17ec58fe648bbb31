import type { MonitorEndpoint, ServiceMonitorSpec } from "../../components/customResources/monitors.ts";
import type { OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { jobs, ports, serviceHost, services } from "../../catalog/names.ts";
import { firstContainer } from "./injection.ts";
import type { LiveObject, LiveObjects, TeamApiObjects } from "./liveObjects.ts";
import { localPodName } from "./localEnvironment.ts";
import { hostMappings, type LocalPorts, localPort, mapHosts, type PortMap } from "./loopback.ts";

/** A scrape job with one target and the labels that the operator's relabelling gives it in the cluster. */
export interface ScrapeJob {
  job_name: string;
  static_configs: { targets: string[]; labels: Record<string, string> }[];
  track_timestamps_staleness?: boolean;
  metric_relabel_configs?: { action: string; regex: string; source_labels?: string[] }[];
}

/** What Prometheus on this machine is started with. */
export interface LocalPrometheus {
  config: { scrape_configs: ScrapeJob[]; rule_files: string[] } & Record<string, unknown>;
  /** Text of rule files by name, relative to the configuration's folder. */
  rules: Record<string, string>;
  args: string[];
}

/**
 * Configuration and arguments of Prometheus from the live objects.
 *
 * @param data folder for its samples
 */
export function localPrometheus(objects: LiveObjects, local: LocalPorts, data: string): LocalPrometheus {
  const { metadata, spec } = objects.prometheus;
  const rules = Object.fromEntries(Object.entries(objects.rules).map(([file, text]) => [`rules/${file}`, text]));
  const where = `Prometheus "${metadata.namespace}/${metadata.name}"`;
  const features = spec.enableFeatures.length > 0 ? [`--enable-feature=${spec.enableFeatures.join(",")}`] : [];
  return {
    config: {
      global: {
        scrape_interval: spec.scrapeInterval,
        // The operator's default.
        evaluation_interval: "30s",
        sample_limit: spec.sampleLimit,
        body_size_limit: spec.bodySizeLimit,
        external_labels: {
          ...spec.externalLabels,
          prometheus: `${metadata.namespace}/${metadata.name}`,
          prometheus_replica: `prometheus-${metadata.name}-0`,
        },
      },
      storage: { tsdb: { retention: { time: spec.retention } }, exemplars: { max_exemplars: spec.exemplars.maxSize } },
      rule_files: Object.keys(rules),
      // A store that wants a login gets nothing from this machine: its Secret stays in the cluster.
      remote_write: (spec.remoteWrite ?? [])
        .filter(({ basicAuth, authorization }) => basicAuth === undefined && authorization === undefined)
        .map(({ url, sendExemplars }) => ({ url, send_exemplars: sendExemplars })),
      alerting: {
        // Both pods of a pair send the same alert; Alertmanager must see that it is one.
        alert_relabel_configs: [{ action: "labeldrop", regex: "prometheus_replica" }],
        alertmanagers: spec.alerting.alertmanagers.map(({ apiVersion, name, namespace }) => ({
          api_version: apiVersion,
          static_configs: [
            {
              targets: [mapHosts(`${serviceHost(name, namespace)}:${ports.alertmanager}`, hostMappings(local), where)],
            },
          ],
        })),
      },
      scrape_configs: [
        ...collectorJobs(objects.collector, objects.monitors, local.collector),
        ...ownMetricsJobs(objects.jaeger, local.jaeger),
        ownJob("prometheus", jobs.prometheus, metadata, local.prometheus),
        ownJob("alertmanager", services.alertmanager, objects.alertmanager.metadata, local.alertmanager),
        ...(objects.ordersApi === undefined ? [] : monitorJobs(objects.ordersApi, local.ordersApi)),
      ],
    },
    rules,
    args: [`--storage.tsdb.path=${data}`, `--web.listen-address=127.0.0.1:${local.prometheus}`, ...features],
  };
}

/** Label by which the operator tells apart the Services of a collector. */
const serviceType = "operator.opentelemetry.io/collector-service-type";

/** The jobs of the stack's own monitors that select the Services which the operator makes for a collector. */
export function collectorJobs(
  { metadata: { name, namespace }, spec }: LiveObject<OpenTelemetryCollectorSpec>,
  monitors: readonly LiveObject<ServiceMonitorSpec>[],
  map: PortMap,
): ScrapeJob[] {
  const pod = { pod: `${name}-collector-0`, container: "otc-container" };
  const services: Readonly<Record<string, readonly [service: string, ports: Readonly<Record<string, number>>]>> = {
    base: [`${name}-collector`, Object.fromEntries(prometheusExporters(spec))],
    monitoring: [`${name}-collector-monitoring`, { monitoring: ports.collectorSelf }],
  };
  return monitors.flatMap(({ metadata, spec: { selector, endpoints } }) => {
    const { [serviceType]: type = "", "app.kubernetes.io/instance": instance } = selector.matchLabels ?? {};
    const [service, portsByName] = services[type] ?? [];
    if (service === undefined || portsByName === undefined || instance !== `${namespace}.${name}`) return [];
    return endpoints.flatMap((endpoint, index) => {
      const port = portsByName[endpoint.port];
      if (port === undefined) return [];
      const labels = { job: service, namespace, service, endpoint: endpoint.port, ...pod };
      const job = scrapeJob(`${metadata.namespace}/${metadata.name}`, localPort(map, port), labels, index);
      return [{ ...job, ...endpointOptions(endpoint) }];
    });
  });
}

/** What a monitor says of a scrape besides its target, as the operator writes it. */
function endpointOptions({ trackTimestampsStaleness, metricRelabelings }: MonitorEndpoint): Partial<ScrapeJob> {
  return {
    ...(trackTimestampsStaleness === true ? { track_timestamps_staleness: true } : {}),
    ...(metricRelabelings === undefined
      ? {}
      : {
          metric_relabel_configs: metricRelabelings.map((relabeling) => ({
            action: relabeling.action,
            regex: relabeling.regex,
            ...("sourceLabels" in relabeling ? { source_labels: relabeling.sourceLabels } : {}),
          })),
        }),
  };
}

/** The job of the ServiceMonitor that the operator makes for a collector's own metrics. */
export function ownMetricsJobs(
  { metadata: { name, namespace }, spec }: LiveObject<OpenTelemetryCollectorSpec>,
  map: PortMap,
): ScrapeJob[] {
  if (!spec.observability.metrics.enableMetrics) return [];
  const service = `${name}-collector-monitoring`;
  const labels = { job: service, namespace, service, endpoint: "monitoring" };
  const pod = { pod: `${name}-collector-0`, container: "otc-container" };
  return [
    scrapeJob(`${namespace}/${name}-monitoring-collector`, localPort(map, ports.collectorSelf), { ...labels, ...pod }),
  ];
}

/**
 * The jobs of the ServiceMonitors that select an API's Service.
 *
 * @param port where the API listens on this machine
 */
export function monitorJobs({ deployment, service, monitors }: TeamApiObjects, port: number): ScrapeJob[] {
  const { name, namespace, labels = {} } = service.metadata;
  const { name: container } = firstContainer(deployment);
  const pod = localPodName(deployment.metadata.name);
  const portNames = service.spec.ports.map((each) => each.name);
  return monitors
    .filter(({ spec }) => {
      const wanted = Object.entries(spec.selector.matchLabels ?? {});
      const inNamespace = spec.namespaceSelector.matchNames.includes(namespace);
      return inNamespace && wanted.every(([key, value]) => labels[key] === value);
    })
    .flatMap(({ metadata, spec }) =>
      spec.endpoints.flatMap(({ port: endpoint }, index) =>
        portNames.includes(endpoint)
          ? [
              scrapeJob(
                `${metadata.namespace}/${metadata.name}`,
                port,
                { job: name, namespace, service: name, endpoint, pod, container },
                index,
              ),
            ]
          : [],
      ),
    );
}

/** The job of the stack's ServiceMonitor for Prometheus or Alertmanager itself. */
function ownJob(
  program: "alertmanager" | "prometheus",
  service: string,
  { name, namespace }: { name: string; namespace: string },
  port: number,
): ScrapeJob {
  const pod = { pod: `${program}-${name}-0`, container: program };
  return scrapeJob(`${namespace}/${name}`, port, { namespace, job: service, service, endpoint: "web", ...pod });
}

function scrapeJob(monitor: string, port: number, labels: Record<string, string>, index = 0): ScrapeJob {
  return {
    job_name: `serviceMonitor/${monitor}/${index}`,
    static_configs: [{ targets: [`127.0.0.1:${port}`], labels }],
  };
}

/** Port name and port of each `prometheus` exporter that a pipeline uses; the operator gives a longer id no such name. */
function prometheusExporters(spec: OpenTelemetryCollectorSpec): [string, number][] {
  const used = new Set(Object.values(spec.config.service.pipelines).flatMap(({ exporters }) => exporters));
  return Object.entries(spec.config.exporters)
    .filter(([id]) => used.has(id) && /^prometheus(\/|$)/.test(id) && id.length <= 15)
    .map(([id, exporter]) => {
      const port = /:(\d+)$/.exec((exporter as { endpoint?: string }).endpoint ?? "")?.[1];
      return [id.replace("/", "-"), Number(port)];
    });
}

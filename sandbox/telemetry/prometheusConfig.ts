import type { MonitorEndpoint, ServiceMonitorSpec } from "../../components/customResources/monitors.ts";
import type { OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { jobs, ports, serviceHost, services } from "../../catalog/names.ts";
import { operatorReplicaLabel } from "../../settings/prometheus.ts";
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

/**
 * Configuration and arguments of Prometheus from the live objects.
 *
 * @param data folder for its samples
 * @returns also the text of rule files by name, relative to the configuration's folder
 */
export function localPrometheus(objects: LiveObjects, local: LocalPorts, data: string) {
  const { metadata, spec } = objects.prometheus;
  const rules = Object.fromEntries(Object.entries(objects.rules).map(([file, text]) => [`rules/${file}`, text]));
  const where = `Prometheus "${metadata.namespace}/${metadata.name}"`;
  const { replicaExternalLabelName: replicaLabel = operatorReplicaLabel } = spec;
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
          ...(replicaLabel === "" ? {} : { [replicaLabel]: `prometheus-${metadata.name}-0` }),
        },
      },
      storage: { tsdb: { retention: { time: spec.retention } }, exemplars: { max_exemplars: spec.exemplars.maxSize } },
      rule_files: Object.keys(rules),
      // A store with a login or a CA gets nothing from this machine: its Secret stays in the cluster.
      remote_write: (spec.remoteWrite ?? [])
        .filter((to) => [to.basicAuth, to.authorization, to.tlsConfig].every((each) => each === undefined))
        .map(({ url, sendExemplars }) => ({ url, send_exemplars: sendExemplars })),
      alerting: {
        // Both pods of a pair send the same alert; Alertmanager must see that it is one.
        alert_relabel_configs: replicaLabel === "" ? [] : [{ action: "labeldrop", regex: replicaLabel }],
        alertmanagers: spec.alerting.alertmanagers.map(({ apiVersion, name, namespace }) => ({
          api_version: apiVersion,
          static_configs: [
            {
              targets: [mapHosts(`${serviceHost(name, namespace)}:${ports.alertmanager}`, hostMappings(local), where)],
            },
          ],
        })),
      },
      scrape_configs: scrapeJobs(objects, local),
    },
    rules,
    args: [`--storage.tsdb.path=${data}`, `--web.listen-address=127.0.0.1:${local.prometheus}`, ...features],
  };
}

/** A Service of the cluster whose pod is a program here: what ServiceMonitors select. */
interface LocalService {
  name: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
  pod: string;
  container: string;
  /** Where it listens on this machine, by the names of the Service's ports. */
  ports: Readonly<Record<string, number>>;
}

/** The jobs of all ServiceMonitors that select what runs on this machine. */
export function scrapeJobs(objects: LiveObjects, local: LocalPorts): ScrapeJob[] {
  const { collector, tailSampler, jaeger, prometheus, alertmanager, ordersApi } = objects;
  const running = [
    ...collectorServices(collector, local.collector),
    ...(tailSampler === undefined ? [] : collectorServices(tailSampler, local.tailSampler)),
    ...collectorServices(jaeger, local.jaeger),
    operatedService("prometheus", jobs.prometheus, prometheus.metadata, local.prometheus),
    operatedService("alertmanager", services.alertmanager, alertmanager.metadata, local.alertmanager),
    ...(ordersApi === undefined ? [] : [teamService(ordersApi, local.ordersApi)]),
  ];
  const monitors = [...objects.monitors, ...operatorMonitors(jaeger), ...(ordersApi?.monitors ?? [])];
  return monitors.flatMap(({ metadata, spec }) =>
    spec.endpoints.flatMap((endpoint, index) =>
      running.flatMap((service) => {
        const port = service.ports[endpoint.port];
        if (port === undefined || !selects(spec, service)) return [];
        const { name, namespace, pod, container } = service;
        const labels = { job: name, namespace, service: name, endpoint: endpoint.port, pod, container };
        return {
          job_name: `serviceMonitor/${metadata.namespace}/${metadata.name}/${index}`,
          static_configs: [{ targets: [`127.0.0.1:${port}`], labels }],
          ...endpointOptions(endpoint),
        };
      }),
    ),
  );
}

function selects({ namespaceSelector, selector }: ServiceMonitorSpec, { namespace, labels }: LocalService): boolean {
  const wanted = Object.entries(selector.matchLabels ?? {});
  return namespaceSelector.matchNames.includes(namespace) && wanted.every(([key, value]) => labels[key] === value);
}

/** What a monitor says of a scrape besides its target, as the operator writes it. */
function endpointOptions({ trackTimestampsStaleness, metricRelabelings }: MonitorEndpoint): Partial<ScrapeJob> {
  const relabelings = metricRelabelings?.map(({ action, regex, ...more }) => ({
    ...{ action, regex },
    ...("sourceLabels" in more ? { source_labels: more.sourceLabels } : {}),
  }));
  return {
    ...(trackTimestampsStaleness === true ? { track_timestamps_staleness: true } : {}),
    ...(relabelings === undefined ? {} : { metric_relabel_configs: relabelings }),
  };
}

/** By these labels the operator tells apart the Services of a collector. */
function collectorLabels({ name, namespace }: LiveObject<unknown>["metadata"], type: "base" | "monitoring") {
  return {
    "app.kubernetes.io/instance": `${namespace}.${name}`,
    "operator.opentelemetry.io/collector-service-type": type,
  };
}

/** The Services that the operator makes for a collector, as far as they have metrics. */
function collectorServices({ metadata, spec }: LiveObject<OpenTelemetryCollectorSpec>, map: PortMap): LocalService[] {
  const { name, namespace } = metadata;
  const service = (suffix: string, type: "base" | "monitoring", ports: LocalService["ports"]) => ({
    ...{ name: `${name}-collector${suffix}`, namespace, labels: collectorLabels(metadata, type), ports },
    ...{ pod: `${name}-collector-0`, container: "otc-container" },
  });
  return [
    service("", "base", exporterPorts(spec, map)),
    service("-monitoring", "monitoring", { monitoring: localPort(map, ports.collectorSelf) }),
  ];
}

/** The ServiceMonitor that the operator makes for a collector's own metrics. */
function operatorMonitors({ metadata, spec }: LiveObject<OpenTelemetryCollectorSpec>): LiveObjects["monitors"] {
  if (!spec.observability.metrics.enableMetrics) return [];
  const { name, namespace } = metadata;
  const selector = { matchLabels: collectorLabels(metadata, "monitoring") };
  const monitored = { namespaceSelector: { matchNames: [namespace] }, selector, endpoints: [{ port: "monitoring" }] };
  return [{ metadata: { name: `${name}-monitoring-collector`, namespace }, spec: monitored }];
}

/** The Service of a Prometheus or Alertmanager. */
function operatedService(
  program: "alertmanager" | "prometheus",
  service: string,
  { name, namespace }: LiveObject<unknown>["metadata"],
  port: number,
): LocalService {
  const pod = { pod: `${program}-${name}-0`, container: program };
  return { name: service, namespace, labels: { [`operated-${program}`]: "true" }, ...pod, ports: { web: port } };
}

/** @param port where the API listens on this machine */
function teamService({ deployment, service }: TeamApiObjects, port: number): LocalService {
  const { name, namespace, labels = {} } = service.metadata;
  const { name: container } = firstContainer(deployment);
  const named = Object.fromEntries(service.spec.ports.map((each) => [each.name ?? "", port]));
  return { name, namespace, labels, pod: localPodName(deployment.metadata.name), container, ports: named };
}

/** Where each `prometheus` exporter that a pipeline uses listens, by its port's name; the operator gives a longer id none. */
function exporterPorts({ config }: OpenTelemetryCollectorSpec, map: PortMap): Record<string, number> {
  const used = new Set(Object.values(config.service.pipelines).flatMap(({ exporters }) => exporters));
  const found = Object.entries(config.exporters).filter(
    ([id]) => used.has(id) && /^prometheus(\/|$)/.test(id) && id.length <= 15,
  );
  return Object.fromEntries(
    found.map(([id, exporter]) => {
      const port = /:(\d+)$/.exec((exporter as { endpoint?: string }).endpoint ?? "")?.[1];
      return [id.replace("/", "-"), localPort(map, Number(port))];
    }),
  );
}

import type { CollectorConfig, OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { ports } from "../../components/names.ts";
import type { LiveObject } from "./liveObjects.ts";
import { hostMappings, type LocalPorts, loopbackConfig, type PortMap } from "./loopback.ts";

/** The live collector's configuration for this machine. */
export function localCollectorConfig(
  collector: LiveObject<OpenTelemetryCollectorSpec>,
  local: LocalPorts,
): CollectorConfig {
  return loopbackCollector(collector, local.collector, local);
}

/** The configuration of any OpenTelemetryCollector object, with the operator's addition, for this machine. */
export function loopbackCollector(
  object: LiveObject<OpenTelemetryCollectorSpec>,
  map: PortMap,
  local: LocalPorts,
): CollectorConfig {
  const { name, namespace } = object.metadata;
  return loopbackConfig(
    withOwnMetrics(object.spec.config),
    map,
    hostMappings(local),
    `OpenTelemetryCollector "${namespace}/${name}"`,
  );
}

/** The operator adds where the collector's own metrics are read, unless the configuration says it. */
function withOwnMetrics(config: CollectorConfig): CollectorConfig {
  if (config.service.telemetry?.metrics !== undefined) return config;
  const prometheus = { host: "0.0.0.0", port: ports.collectorSelf };
  return {
    ...config,
    service: {
      ...config.service,
      telemetry: { ...config.service.telemetry, metrics: { readers: [{ pull: { exporter: { prometheus } } }] } },
    },
  };
}

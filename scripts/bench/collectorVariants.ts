import type { CollectorConfig } from "../../components/customResources/openTelemetry.ts";

const exporter = "otlp_grpc/jaeger";

/**
 * The same receivers and endpoint with nothing but a batch between them.
 *
 * @param settings of the exporter besides its endpoint; `{}` are upstream's defaults
 */
export function bareConfig({ receivers, exporters, service }: CollectorConfig, settings: unknown): CollectorConfig {
  const { endpoint, tls } = exporters[exporter] as Record<string, unknown>;
  return {
    receivers,
    processors: { batch: {} },
    exporters: { [exporter]: { ...(settings as object), endpoint, tls } },
    service: {
      // Its own metrics have the same names then.
      ...(service.telemetry ? { telemetry: service.telemetry } : {}),
      pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: [exporter] } },
    },
  };
}

/** A configuration with other settings of the exporter of traces. */
export function withExporter(config: CollectorConfig, settings: object): CollectorConfig {
  return {
    ...config,
    exporters: { ...config.exporters, [exporter]: { ...(config.exporters[exporter] as object), ...settings } },
  };
}

/**
 * A configuration without some of its components, and without the pipelines that nothing goes into or out of then.
 *
 * @param ids such as `filter/spans`
 */
export function without(config: CollectorConfig, ids: readonly string[]): CollectorConfig {
  const keptIds = (list: readonly string[] = []) => list.filter((id) => !ids.includes(id));
  const pipelines = Object.entries(config.service.pipelines)
    .map(
      ([name, { receivers, processors, exporters }]) =>
        [
          name,
          { receivers: keptIds(receivers), processors: keptIds(processors), exporters: keptIds(exporters) },
        ] as const,
    )
    .filter(([, { receivers, exporters }]) => receivers.length > 0 && exporters.length > 0);
  const used = new Set(pipelines.flatMap(([, parts]) => Object.values(parts).flat()));
  const kept = <Component>(components: Readonly<Record<string, Component>> = {}) =>
    Object.fromEntries(Object.entries(components).filter(([id]) => used.has(id)));
  return {
    ...config,
    ...{ receivers: kept(config.receivers), processors: kept(config.processors) },
    ...{ exporters: kept(config.exporters), connectors: kept(config.connectors) },
    service: { ...config.service, pipelines: Object.fromEntries(pipelines) },
  };
}

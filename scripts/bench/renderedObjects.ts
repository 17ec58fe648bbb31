import { filesFolder, injectedContainer } from "../../components/api/injectedContainer.ts";

import { alertmanagerSpec } from "../../components/backends/alertmanager.ts";
import { jaegerSpec } from "../../components/backends/jaeger.ts";
import { serviceMonitors } from "../../components/backends/monitors.ts";
import { prometheusSpec } from "../../components/backends/prometheus.ts";
import { collectorEndpoints, isEncrypted } from "../../catalog/endpoints.ts";
import { namespaces, ports, resources, serviceHost, services } from "../../catalog/names.ts";
import { sampleApiInjection } from "../../components/api/sampleApi.ts";
import { parseSettings } from "../../settings/read.ts";
import { collectorSpec } from "../../components/telemetry/collector.ts";
import { tailSamplerSpec } from "../../components/telemetry/tailSampler.ts";
import { logsTarget } from "../../components/telemetry/logsExporter.ts";
import { instrumentationSpec } from "../../components/telemetry/instrumentation.ts";
import { metricsSource } from "../../components/tls/sources.ts";
import type { LiveObjects } from "../../sandbox/telemetry/liveObjects.ts";

/**
 * The objects that the stack makes, without a cluster.
 *
 * @param config configuration by key, as Pulumi hands it over
 */
export function stackObjects(config: Readonly<Record<string, string>> = {}): LiveObjects {
  const settings = parseSettings(config);
  const namespace = namespaces.observability;
  const upstream = { UPSTREAM_URL: settings.sampleApi.upstreamUrl };
  const injection = {
    language: "python",
    instrumentation: "",
    instrumentationHash: "",
    python: sampleApiInjection,
  } as const;
  const injected = injectedContainer(injection, upstream, []);
  const env = { ...upstream, ...injected.env };
  const host = (service: string) => serviceHost(service, namespace);
  const jaegerEndpoint = `${host(services.jaegerOtlp)}:${ports.otlpGrpc}`;
  return {
    collector: {
      metadata: { name: resources.collector, namespace },
      spec: collectorSpec({ settings, jaegerEndpoint, logs: logsTarget(settings) }),
    },
    ...(settings.collector.tailSampling.enabled
      ? {
          tailSampler: {
            metadata: { name: resources.tailSampler, namespace },
            spec: tailSamplerSpec({ settings, jaegerEndpoint }),
          },
        }
      : {}),
    jaeger: {
      metadata: { name: resources.jaeger, namespace },
      spec: jaegerSpec({
        ...{ ...settings, settings: settings.jaeger },
        ...{ metrics: metricsSource(settings), queryTls: isEncrypted("jaeger", settings) },
      }),
    },
    prometheus: { metadata: { name: resources.prometheus, namespace }, spec: prometheusSpec(settings) },
    monitors: Object.entries(serviceMonitors(settings)).map(([name, spec]) => ({
      metadata: { name, namespace },
      spec,
    })),
    rules: {},
    alertmanager: {
      metadata: { name: resources.alertmanager, namespace },
      spec: alertmanagerSpec(settings),
    },
    // As long as nobody is to be told.
    alertmanagerConfig: "route: {receiver: none}\nreceivers: [{name: none}]\n",
    instrumentation: {
      metadata: { name: resources.instrumentation, namespace },
      spec: instrumentationSpec({
        settings: settings.instrumentation,
        collectorEndpoint: collectorEndpoints(settings).http,
        encrypted: settings.tls.applications,
      }),
    },
    mounted: [{ mountPath: filesFolder, files: { ...injected.files } }],
    deployment: {
      metadata: { name: resources.sampleApi, namespace: namespaces.sampleApi },
      spec: {
        template: {
          metadata: {
            annotations: {
              "instrumentation.opentelemetry.io/inject-python": `${namespace}/${resources.instrumentation}`,
            },
          },
          spec: {
            containers: [
              {
                name: resources.sampleApi,
                image: settings.sampleApi.image,
                env: Object.entries(env).map(([name, value]) => ({ name, value })),
                volumeMounts: [{ name: "injection", mountPath: filesFolder }],
              },
            ],
            volumes: [
              {
                name: "injection",
                configMap: {
                  name: "python-api-injection",
                  items: Object.keys(injected.files).map((file) => ({ key: file.replaceAll("/", "-"), path: file })),
                },
              },
            ],
          },
        },
      },
    },
  };
}

import { dashboards } from "../dashboards/index.ts";
import { alertReceivers } from "./alertReceivers.ts";
import {
  clusterUrl,
  collectorEndpoints,
  type Endpoint,
  endpoints,
  metricsUrl,
  portForward,
} from "../catalog/endpoints.ts";
import { namespaces, resources } from "../catalog/names.ts";
import type { Platform } from "../components/platform.ts";
import type { PlatformArtifacts } from "../artifacts/request.ts";
import { publicUrls } from "../catalog/publicUrls.ts";
import { platformImages } from "./images.ts";
import type { StackOutputs } from "./publicOutputs.ts";
import type { Settings } from "../settings/read.ts";
import { platformVersions } from "./installedVersions.ts";

/** The outputs as the program makes them. None is secret: who reads a stack's outputs can decrypt them all. */
type Outputs = StackOutputs;

/** `namespace/name` of the Instrumentation. */
export const instrumentationName = `${namespaces.observability}/${resources.instrumentation}`;

/**
 * The outputs of the stack.
 *
 * @param settings the checked settings
 * @param artifacts the operators that are installed
 * @param platform for what is only known once it is there
 */
export function platformOutputs(
  settings: Settings,
  artifacts: PlatformArtifacts,
  platform: Pick<Platform, "instrumentation">,
): Outputs {
  const { parts, jaeger, logs, prometheus, grafana, kubeContext } = settings;
  const urls = endpoints(settings);
  const collector = collectorEndpoints(settings);
  return {
    jaegerUrl: urls.jaeger ? clusterUrl(urls.jaeger) : jaeger.url || null,
    logsUrl: urls.logs ? clusterUrl(urls.logs) : logs.url || null,
    prometheusUrl: metricsUrl(settings),
    alertmanagerUrl: clusterUrl(urls.alertmanager),
    grafanaUrl: urls.grafana ? clusterUrl(urls.grafana) : grafana.url || null,
    publicUrls: publicUrls(settings),
    grafanaAdminSecret: parts.grafana
      ? { namespace: namespaces.observability, name: resources.grafanaAdminSecret }
      : null,
    collectorOtlpGrpc: collector.grpc,
    collectorOtlpHttp: collector.http,
    instrumentation: instrumentationName,
    instrumentationHash: platform.instrumentation.specHash,
    sampleApiUrl: urls.sampleApi ? clusterUrl(urls.sampleApi) : null,
    alertReceivers: alertReceivers(settings.alertmanager),
    dashboards: parts.grafana ? dashboards(settings).map(({ uid, title }) => ({ uid, title })) : [],
    portForwards: Object.fromEntries(
      Object.entries<Endpoint>({ ...urls })
        // Of shards one would answer with its part.
        .filter(([name]) => name !== "prometheus" || prometheus.queryUrl === "")
        .map(([name, endpoint]) => [name, portForward(endpoint, kubeContext)]),
    ),
    versions: platformVersions(settings),
    images: platformImages(settings, artifacts),
  };
}

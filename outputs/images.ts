import { imageIn } from "../catalog/imageRegistry.ts";
import { hasLogStore, hasLoginProxy } from "../catalog/endpoints.ts";
import type { PlatformArtifacts } from "../artifacts/request.ts";
import type { Settings } from "../settings/read.ts";
import { images, instrumentationImages, operatorImages } from "../catalog/versions.ts";

/** Which operators are installed: the names of their charts and bundles. */
type Installed = { readonly [Group in keyof PlatformArtifacts]: Readonly<Record<string, unknown>> };

/**
 * Every image that the platform pulls, sorted: what a registry mirror has to hold.
 *
 * @param settings the checked settings
 * @param installed the operators that are installed
 */
export function platformImages(settings: Settings, installed: Installed): string[] {
  const { parts, jaeger, jaegerEngine, sampleApi } = settings;
  const operators = { ...installed.bundles, ...installed.charts };
  const pulled = [
    ...Object.entries(operatorImages).flatMap(([name, list]) => (name in operators ? list : [])),
    images.prometheus,
    images.alertmanager,
    images.collector,
    ...Object.entries(instrumentationImages).flatMap(([language, image]) =>
      language === "go" && !settings.instrumentation.goInjection ? [] : [image],
    ),
    ...(parts.jaeger ? [jaegerEngine === "v2" ? images.jaeger : images.jaegerV1] : []),
    ...(parts.jaeger && jaegerEngine === "operator" && jaeger.elasticsearchRetentionDays > 0
      ? [images.jaegerIndexCleaner]
      : []),
    ...(hasLogStore(settings) ? [images.victoriaLogs] : []),
    ...(parts.grafana ? [images.grafana] : []),
    ...(parts.clusterMetrics ? [images.kubeStateMetrics] : []),
    ...(hasLoginProxy(settings) ? [images.oauth2Proxy] : []),
  ];
  const { registry } = settings.images;
  // The sample API's is the site's own already.
  const all = [...pulled.map((image) => imageIn(registry, image)), ...(parts.sampleApi ? [sampleApi.image] : [])];
  return [...new Set(all)].sort();
}

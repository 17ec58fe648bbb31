import type * as pulumi from "@pulumi/pulumi";
import { clusterUrl, collectorEndpoints, type Endpoint, endpoints, portForward } from "./endpoints.ts";
import { namespaces, resources } from "./names.ts";
import type { Platform } from "./platform.ts";
import type { PlatformArtifacts } from "./platformArtifacts.ts";
import { platformImages } from "./platformImages.ts";
import type { Settings } from "./settings.ts";
import { platformVersions } from "./platformVersions.ts";

/** What the stack gives to people and to other stacks. URLs are inside the cluster; null is a part that is not there. */
export interface Outputs {
  /** Jaeger's user interface. */
  readonly jaegerUrl: string | null;
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
  readonly grafanaUrl: string | null;
  /** The Secret with the keys `GF_SECURITY_ADMIN_USER` and `GF_SECURITY_ADMIN_PASSWORD`. */
  readonly grafanaAdminSecret: { readonly namespace: string; readonly name: string } | null;
  /** Secret: shown by `pulumi stack output --show-secrets`. */
  readonly grafanaAdminPassword: pulumi.Output<string> | null;
  /** host:port for OTLP/gRPC. */
  readonly collectorOtlpGrpc: string;
  /** URL for OTLP/HTTP. */
  readonly collectorOtlpHttp: string;
  /** `namespace/name` for the annotation `instrumentation.opentelemetry.io/inject-python` of another team's pods. */
  readonly instrumentation: string;
  /** Changes with the Instrumentation; in a pod template it makes the pods new, and only a new pod is injected. */
  readonly instrumentationHash: string;
  readonly sampleApiUrl: string | null;
  /** By name: a command that brings an endpoint to this machine. */
  readonly portForwards: Readonly<Record<string, string>>;
  /** The version of each part that is installed, by its name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Every image that the platform pulls, sorted. */
  readonly images: readonly string[];
}

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
  platform: Pick<Platform, "grafanaAdminPassword" | "instrumentation">,
): Outputs {
  const { parts, jaeger, grafana, kubeContext } = settings;
  const urls = endpoints(settings);
  return {
    jaegerUrl: urls.jaeger ? clusterUrl(urls.jaeger) : jaeger.url || null,
    prometheusUrl: clusterUrl(urls.prometheus),
    alertmanagerUrl: clusterUrl(urls.alertmanager),
    grafanaUrl: urls.grafana ? clusterUrl(urls.grafana) : grafana.url || null,
    grafanaAdminSecret: parts.grafana
      ? { namespace: namespaces.observability, name: resources.grafanaAdminSecret }
      : null,
    grafanaAdminPassword: platform.grafanaAdminPassword ?? null,
    collectorOtlpGrpc: collectorEndpoints.grpc,
    collectorOtlpHttp: collectorEndpoints.http,
    instrumentation: instrumentationName,
    instrumentationHash: platform.instrumentation.specHash,
    sampleApiUrl: urls.sampleApi ? clusterUrl(urls.sampleApi) : null,
    portForwards: Object.fromEntries(
      Object.entries<Endpoint>({ ...urls }).map(([name, endpoint]) => [name, portForward(endpoint, kubeContext)]),
    ),
    versions: platformVersions(settings),
    images: platformImages(settings, artifacts),
  };
}

import { type Artifact, bundleArtifact, chartArtifact } from "./artifact.ts";
import { type ArtifactsRequest, type BundleChart, type HelmChart, prepareArtifacts } from "./artifacts.ts";
import { namespaces } from "../catalog/names.ts";
import { trustedNamespaces } from "../catalog/trustedNamespaces.ts";
import type { BundlePatches } from "./manifests/bundlePatches.ts";
import { operatorResources } from "./operatorResources.ts";
import type { Settings } from "../settings/read.ts";
import {
  bundles,
  type BundleSpec,
  charts,
  type ChartSpec,
  images,
  instrumentationImages,
  operatorImages,
  replacedImages,
} from "../catalog/versions.ts";
import { imageIn, operatorImagesIn, renamesImages } from "../catalog/imageRegistry.ts";

/** The charts of the operators that the stack installs; one that is not there is not installed. */
export interface PlatformArtifacts {
  readonly bundles: Readonly<Partial<Record<keyof typeof bundles, BundleChart>>>;
  readonly charts: Readonly<Partial<Record<keyof typeof charts, HelmChart>>>;
}

/** Everything that some settings ask for. */
export const everyArtifact: readonly Artifact[] = [
  ...Object.values<BundleSpec>(bundles).map(bundleArtifact),
  ...Object.values<ChartSpec>(charts).map(chartArtifact),
];

/**
 * Downloads, checks and wraps what the settings ask for.
 *
 * @throws pulumi.RunError in one line when an artifact cannot be had or does not match its checksum
 */
export function preparePlatformArtifacts(settings: Settings): Promise<PlatformArtifacts> {
  return prepareArtifacts(artifactsRequest(settings), {
    mirror: settings.artifactsMirror,
    locked: settings.artifactsLocked,
    // In CI nobody reads the warning of a first use.
    unattended: Boolean(process.env["CI"]),
  });
}

/** Which operators the settings ask for, and how their release manifests are patched. */
export function artifactsRequest(settings: Settings): ArtifactsRequest {
  const { parts, crdPolicy, jaegerEngine, metricsServer } = settings;
  const bundle = (wanted: boolean, name: keyof typeof bundles, patches: Omit<BundlePatches, "crdPolicy"> = {}) =>
    wanted
      ? { [name]: { spec: bundles[name], patches: { ...patches, ...siteImages(settings.images, name), crdPolicy } } }
      : {};
  const chart = (name: keyof typeof charts) => ({
    [name]: {
      spec: charts[name],
      patches: { resources: operatorResources[name], ...siteImages(settings.images, name), crdPolicy },
    },
  });
  return {
    bundles: {
      ...bundle(parts.prometheusOperator, "prometheusOperator", {
        namespace: { from: "default", to: namespaces.prometheusOperator },
        extraArgs: { "prometheus-operator": instanceArgs(settings.tenancy) },
      }),
      ...bundle(true, "openTelemetryOperator", {
        resources: operatorResources.openTelemetryOperator,
        ...openTelemetryArgs(settings),
      }),
      ...bundle(parts.jaeger && jaegerEngine === "operator", "jaegerOperator", {
        ...(renamesImages(settings.images.registry) ? {} : { images: replacedImages }),
        resources: operatorResources.jaegerOperator,
      }),
      ...bundle(parts.grafana, "grafanaOperatorCrds"),
      ...bundle(parts.metricsServer, "metricsServer", {
        resources: operatorResources.metricsServer,
        ...(metricsServer.kubeletInsecureTls ? { extraArgs: { "metrics-server": ["--kubelet-insecure-tls"] } } : {}),
      }),
    },
    charts: {
      ...(parts.certManager ? chart("certManager") : {}),
      ...(parts.grafana ? chart("grafanaOperator") : {}),
    },
  };
}

/** Where the images of a bundle or chart come from, and what they are pulled with. */
function siteImages(
  { registry, pullSecrets }: Settings["images"],
  name: keyof typeof bundles | keyof typeof charts,
): Pick<BundlePatches, "images" | "pullSecrets"> {
  return {
    ...(renamesImages(registry) && name in operatorImages
      ? { images: operatorImagesIn(registry, name as keyof typeof operatorImages) }
      : {}),
    ...(pullSecrets.length > 0 && name !== "grafanaOperatorCrds" ? { pullSecrets } : {}),
  };
}

/** What the OpenTelemetry operator is told besides what its manifest says. */
function openTelemetryArgs({
  instrumentation,
  networkPolicies,
  images: { registry },
}: Settings): Pick<BundlePatches, "extraArgs"> {
  // What it takes for objects of teams that name no image.
  const named = [
    ["collector", images.collector] as const,
    ...Object.entries(instrumentationImages).map(
      ([language, image]) => [`auto-instrumentation-${language}`, image] as const,
    ),
  ];
  const args = [
    ...(instrumentation.goInjection ? ["--enable-go-instrumentation=true"] : []),
    ...(renamesImages(registry) ? named.map(([name, image]) => `--${name}-image=${imageIn(registry, image)}`) : []),
    // It makes a policy for itself, and policies add up.
    ...(networkPolicies.enabled ? ["--feature-gates=-operator.networkpolicy"] : []),
  ];
  return args.length === 0 ? {} : { extraArgs: { "opentelemetry-operator-controller-manager": args } };
}

/**
 * Where the Prometheus operator runs what is asked for: a Prometheus or Alertmanager of another namespace would collect
 * everybody's configuration, the keys of receivers included.
 */
function instanceArgs(tenancy: Settings["tenancy"]): string[] {
  const allowed = trustedNamespaces(tenancy).join(",");
  return ["prometheus", "alertmanager", "thanos-ruler"].map((kind) => `--${kind}-instance-namespaces=${allowed}`);
}

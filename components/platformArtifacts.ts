import { type ArtifactsRequest, type BundleChart, type HelmChart, prepareArtifacts } from "./artifacts/artifacts.ts";
import { namespaces } from "./names.ts";
import { trustedNamespaces } from "./tenancy/trustedNamespaces.ts";
import type { BundlePatches } from "./operators/bundlePatches.ts";
import type { Settings } from "./settings.ts";
import { bundles, charts, replacedImages } from "./versions.ts";

/** The charts of the operators that the stack installs; one that is not there is not installed. */
export interface PlatformArtifacts {
  readonly bundles: Readonly<Partial<Record<keyof typeof bundles, BundleChart>>>;
  readonly charts: Readonly<Partial<Record<keyof typeof charts, HelmChart>>>;
}

/**
 * Downloads, checks and wraps what the settings ask for.
 *
 * @throws pulumi.RunError in one line when an artifact cannot be had or does not match its checksum
 */
export function preparePlatformArtifacts(settings: Settings): Promise<PlatformArtifacts> {
  // In CI nobody reads the warning of a first use.
  const strict = settings.artifactsLocked || Boolean(process.env["CI"]);
  return prepareArtifacts(artifactsRequest(settings), { mirror: settings.artifactsMirror, strict });
}

/** Which operators the settings ask for, and how their release manifests are patched. */
export function artifactsRequest(settings: Settings): ArtifactsRequest {
  const { parts, crdPolicy, jaegerEngine, metricsServer, instrumentation } = settings;
  const bundle = (wanted: boolean, name: keyof typeof bundles, patches: Omit<BundlePatches, "crdPolicy"> = {}) =>
    wanted ? { [name]: { spec: bundles[name], patches: { ...patches, crdPolicy } } } : {};
  return {
    bundles: {
      ...bundle(parts.prometheusOperator, "prometheusOperator", {
        namespace: { from: "default", to: namespaces.prometheusOperator },
        extraArgs: { "prometheus-operator": instanceArgs(settings.tenancy) },
      }),
      ...bundle(
        true,
        "openTelemetryOperator",
        instrumentation.goInjection
          ? { extraArgs: { "opentelemetry-operator-controller-manager": ["--enable-go-instrumentation=true"] } }
          : {},
      ),
      ...bundle(parts.jaeger && jaegerEngine === "operator", "jaegerOperator", { images: replacedImages }),
      ...bundle(parts.grafana, "grafanaOperatorCrds"),
      ...bundle(
        parts.metricsServer,
        "metricsServer",
        metricsServer.kubeletInsecureTls ? { extraArgs: { "metrics-server": ["--kubelet-insecure-tls"] } } : {},
      ),
    },
    charts: {
      ...(parts.certManager ? { certManager: { spec: charts.certManager, crdPolicy } } : {}),
      ...(parts.grafana ? { grafanaOperator: { spec: charts.grafanaOperator, crdPolicy } } : {}),
    },
  };
}

/**
 * Where the Prometheus operator runs what is asked for: a Prometheus or Alertmanager of another namespace would collect
 * everybody's configuration, the keys of receivers included.
 */
function instanceArgs(tenancy: Settings["tenancy"]): string[] {
  const allowed = trustedNamespaces(tenancy).join(",");
  return ["prometheus", "alertmanager", "thanos-ruler"].map((kind) => `--${kind}-instance-namespaces=${allowed}`);
}

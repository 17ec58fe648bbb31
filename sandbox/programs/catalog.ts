import { prometheusVersion } from "../../artifacts/programs/releases.ts";

/** How to build one Go program, and how to ask a program for its version. */
export interface Tool {
  /** Folder under tools/ whose go.mod pins the program. */
  module: string;
  /** The program's Go package. */
  package: string;
  /**
   * The Go module whose version is the program's.
   *
   * @default the module that the package belongs to
   */
  versionOf?: string;
  /**
   * Arguments that make the program print its version.
   *
   * @default --version
   */
  versionArgs?: string[];
  /**
   * Variables of the program that its own release build sets, by `<package>.<variable>`.
   *
   * @param own the program's version, as `v1.36.3`
   * @param version of another module that tools/<module>/go.mod requires
   * @default none
   */
  variables?: (own: string, version: (module: string) => string) => Record<string, string>;
  /**
   * Manifest of the OpenTelemetry Collector Builder in the module's folder: it generates the program's own code.
   *
   * @default none: the program is a package of a module that go.mod requires
   */
  manifest?: string;
  /** Build tags with which upstream lets parts of the program be left out. @default none */
  tags?: readonly string[];
}

/** The API server reports, and kubectl and helm compare, what these variables say. */
function kubernetesVariables(own: string): Record<string, string> {
  const [major = "", minor = ""] = own.replace(/^v/, "").split(".");
  return Object.fromEntries(
    ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) => [
      [`${path}.gitVersion`, own],
      [`${path}.gitMajor`, major],
      [`${path}.gitMinor`, minor],
    ]),
  );
}

/** Without its variables helm calls itself v3.22 and renders charts for Kubernetes 1.20 when it has no cluster. */
function helmVariables(own: string, version: (module: string) => string): Record<string, string> {
  const [, kubernetesMinor = ""] = version("k8s.io/kubernetes").split(".");
  return {
    "helm.sh/helm/v3/internal/version.version": own,
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor": "1",
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor": kubernetesMinor,
  };
}

function kubernetesTool(name: string): Tool {
  return { module: "sandbox", package: `k8s.io/kubernetes/cmd/${name}`, variables: kubernetesVariables };
}

/** A program of the Prometheus project: it says that it is what the variable says. */
function prometheusTool(module: string, path: string, release = (own: string) => own.slice(1)): Tool {
  return {
    module,
    package: `github.com/${path}`,
    variables: (own) => ({ "github.com/prometheus/common/version.Version": release(own) }),
  };
}

/** A program of VictoriaLogs: it says what the variable says, in the form of its own releases. */
function victoriaTool(name: string): Tool {
  return {
    module: "victorialogs",
    package: `github.com/VictoriaMetrics/VictoriaLogs/app/${name}`,
    variables: (own) => ({
      "github.com/VictoriaMetrics/VictoriaMetrics/lib/buildinfo.Version": `${name}-${own}`,
    }),
  };
}

/** Targets are found in Kubernetes only: two thirds of Prometheus' packages know other clouds. */
const kubernetesDiscovery = ["remove_all_sd", "enable_kubernetes_sd"] as const;

const kubernetesProvider = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/** The programs that the sandbox builds, by the name of the program. */
export const catalog = {
  etcd: { module: "sandbox", package: "go.etcd.io/etcd/server/v3" },
  "kube-apiserver": kubernetesTool("kube-apiserver"),
  "kube-controller-manager": kubernetesTool("kube-controller-manager"),
  "kube-scheduler": kubernetesTool("kube-scheduler"),
  kubectl: { ...kubernetesTool("kubectl"), versionArgs: ["version", "--client"] },
  kwok: { module: "sandbox", package: "sigs.k8s.io/kwok/cmd/kwok" },
  kwokctl: { module: "sandbox", package: "sigs.k8s.io/kwok/cmd/kwokctl" },
  helm: {
    module: "sandbox",
    package: "helm.sh/helm/v3/cmd/helm",
    versionArgs: ["version", "--short"],
    variables: helmVariables,
  },
  otelcol: {
    module: "collector",
    package: ".",
    versionOf: "go.opentelemetry.io/collector/otelcol",
    manifest: "builder.yaml",
  },
  jaeger: { module: "jaeger", package: "github.com/jaegertracing/jaeger/cmd/jaeger", versionArgs: ["version"] },
  prometheus: {
    ...prometheusTool("sandbox", "prometheus/prometheus/cmd/prometheus", prometheusVersion),
    tags: kubernetesDiscovery,
  },
  promtool: {
    ...prometheusTool("sandbox", "prometheus/prometheus/cmd/promtool", prometheusVersion),
    tags: kubernetesDiscovery,
  },
  alertmanager: prometheusTool("alertmanager", "prometheus/alertmanager/cmd/alertmanager"),
  amtool: prometheusTool("alertmanager", "prometheus/alertmanager/cmd/amtool"),
  "prometheus-operator": prometheusTool("sandbox", "prometheus-operator/prometheus-operator/cmd/operator"),
  pulumi: {
    module: "sandbox",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    versionArgs: ["version"],
    variables: (own) => ({ "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": own }),
  },
  "pulumi-resource-kubernetes": {
    module: "sandbox",
    package: `${kubernetesProvider}/cmd/pulumi-resource-kubernetes`,
    variables: (own) => ({ [`${kubernetesProvider}/pkg/version.Version`]: own.slice(1) }),
  },
  "victoria-logs": victoriaTool("victoria-logs"),
  vlagent: victoriaTool("vlagent"),
  "kube-state-metrics": {
    module: "kube-state-metrics",
    package: "k8s.io/kube-state-metrics/v2",
    versionArgs: ["version"],
    variables: (own) => ({ "github.com/prometheus/common/version.Version": own }),
  },
  "oauth2-proxy": {
    module: "oauth2-proxy",
    package: "github.com/oauth2-proxy/oauth2-proxy/v7",
    variables: (own) => ({ "github.com/oauth2-proxy/oauth2-proxy/v7/pkg/version.VERSION": own }),
  },
  "grafana-operator": { module: "grafana-operator", package: "github.com/grafana/grafana-operator/v5" },
  telemetrygen: {
    module: "telemetrygen",
    package: "github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen",
  },
  // Its controllers, by a main of our own: upstream's is in a module that no proxy serves.
  "cert-manager": { module: "cert-manager", package: ".", versionOf: "github.com/cert-manager/cert-manager" },
  // Cyclonus' engine for NetworkPolicies, by a main of our own.
  cyclonus: { module: "cyclonus", package: ".", versionOf: "github.com/mattfenwick/cyclonus" },
  "kube-score": {
    module: "kube-score",
    package: "github.com/zegl/kube-score/cmd/kube-score",
    versionArgs: ["version"],
    variables: (own) => ({ "main.version": own }),
  },
  actionlint: {
    module: "actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    variables: (own) => ({ "github.com/rhysd/actionlint.version": own }),
  },
} satisfies Record<string, Tool>;

/** A program that the sandbox builds. */
export type ToolName = keyof typeof catalog;

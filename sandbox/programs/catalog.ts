/** How to build one Go program, and how to ask a program for its version. */
export interface Tool {
  /** Folder under tools/ whose go.mod pins the program. */
  module: string;
  /** The program's Go package. */
  package: string;
  /** The Go module that the package belongs to: its version is the program's. */
  versionOf: string;
  /** Arguments that make the program print its version. */
  versionArgs: string[];
  /**
   * Variables of the program that its own release build sets, by `<package>.<variable>`.
   *
   * @param version of a module that tools/<module>/go.mod requires, as `v1.36.3`
   * @default none
   */
  variables?: (version: (module: string) => string) => Record<string, string>;
  /**
   * Manifest of the OpenTelemetry Collector Builder in the module's folder: it generates the program's own code.
   *
   * @default none: the program is a package of a module that go.mod requires
   */
  manifest?: string;
  /** Files that the module's own program embeds. @default none */
  embedded?: Embedded;
}

/** Files of a module that go.mod requires; they are too large to be kept twice. */
export interface Embedded {
  module: string;
  /** Their folder in that module. */
  folder: string;
  files: readonly string[];
}

/** The API server reports, and kubectl and helm compare, what these variables say. */
function kubernetesVariables(version: (module: string) => string): Record<string, string> {
  const gitVersion = version("k8s.io/kubernetes");
  const [major = "", minor = ""] = gitVersion.replace(/^v/, "").split(".");
  return Object.fromEntries(
    ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) => [
      [`${path}.gitVersion`, gitVersion],
      [`${path}.gitMajor`, major],
      [`${path}.gitMinor`, minor],
    ]),
  );
}

/** Without its variables helm calls itself v3.22 and renders charts for Kubernetes 1.20 when it has no cluster. */
function helmVariables(version: (module: string) => string): Record<string, string> {
  // client-go v0.36.3 belongs to Kubernetes 1.36.
  const [, kubernetesMinor = ""] = version("k8s.io/client-go").split(".");
  return {
    "helm.sh/helm/v3/internal/version.version": version("helm.sh/helm/v3"),
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor": "1",
    "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor": kubernetesMinor,
  };
}

function kubernetesTool(name: string, versionArgs: string[]): Tool {
  return {
    module: "kubernetes",
    package: `k8s.io/kubernetes/cmd/${name}`,
    versionOf: "k8s.io/kubernetes",
    versionArgs,
    variables: kubernetesVariables,
  };
}

function kwokTool(name: string): Tool {
  return {
    module: "kwok",
    package: `sigs.k8s.io/kwok/cmd/${name}`,
    versionOf: "sigs.k8s.io/kwok",
    versionArgs: ["--version"],
  };
}

/** Prometheus' module has its own numbering: v0.309.1 is Prometheus 3.9.1. */
export function prometheusVersion(module: string): string {
  const [, minor = "", patch = ""] = module.split(".");
  return `${Math.floor(Number(minor) / 100)}.${Number(minor) % 100}.${patch}`;
}

function prometheusTool(name: string): Tool {
  return {
    module: "prometheus",
    package: `github.com/prometheus/prometheus/cmd/${name}`,
    versionOf: "github.com/prometheus/prometheus",
    versionArgs: ["--version"],
    variables: (version) => ({
      "github.com/prometheus/common/version.Version": prometheusVersion(version("github.com/prometheus/prometheus")),
    }),
  };
}

function alertmanagerTool(name: string): Tool {
  return {
    module: "alertmanager",
    package: `github.com/prometheus/alertmanager/cmd/${name}`,
    versionOf: "github.com/prometheus/alertmanager",
    versionArgs: ["--version"],
    variables: commonVersion("github.com/prometheus/alertmanager"),
  };
}

/** What the programs of the Prometheus project say that they are. */
function commonVersion(module: string): Tool["variables"] {
  return (version) => ({ "github.com/prometheus/common/version.Version": version(module).slice(1) });
}

const kubernetesProvider = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/** The programs that the sandbox builds, by the name of the program. */
export const catalog = {
  etcd: {
    module: "etcd",
    package: "go.etcd.io/etcd/server/v3",
    versionOf: "go.etcd.io/etcd/server/v3",
    versionArgs: ["--version"],
  },
  "kube-apiserver": kubernetesTool("kube-apiserver", ["--version"]),
  "kube-controller-manager": kubernetesTool("kube-controller-manager", ["--version"]),
  "kube-scheduler": kubernetesTool("kube-scheduler", ["--version"]),
  kubectl: kubernetesTool("kubectl", ["version", "--client"]),
  kwok: kwokTool("kwok"),
  kwokctl: kwokTool("kwokctl"),
  helm: {
    module: "helm",
    package: "helm.sh/helm/v3/cmd/helm",
    versionOf: "helm.sh/helm/v3",
    versionArgs: ["version", "--short"],
    variables: helmVariables,
  },
  otelcol: {
    module: "collector",
    package: ".",
    versionOf: "go.opentelemetry.io/collector/otelcol",
    versionArgs: ["--version"],
    manifest: "builder.yaml",
  },
  jaeger: {
    module: "jaeger",
    package: "github.com/jaegertracing/jaeger/cmd/jaeger",
    versionOf: "github.com/jaegertracing/jaeger",
    versionArgs: ["version"],
  },
  prometheus: prometheusTool("prometheus"),
  promtool: prometheusTool("promtool"),
  alertmanager: alertmanagerTool("alertmanager"),
  amtool: alertmanagerTool("amtool"),
  "prometheus-operator": {
    module: "prometheus-operator",
    package: "github.com/prometheus-operator/prometheus-operator/cmd/operator",
    versionOf: "github.com/prometheus-operator/prometheus-operator",
    versionArgs: ["--version"],
    variables: commonVersion("github.com/prometheus-operator/prometheus-operator"),
  },
  pulumi: {
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    versionOf: "github.com/pulumi/pulumi/pkg/v3",
    versionArgs: ["version"],
    variables: (version) => ({
      "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": version("github.com/pulumi/pulumi/pkg/v3"),
    }),
  },
  "pulumi-resource-kubernetes": {
    module: "pulumi-kubernetes",
    package: ".",
    versionOf: kubernetesProvider,
    versionArgs: ["--version"],
    variables: (version) => ({ [`${kubernetesProvider}/pkg/version.Version`]: version(kubernetesProvider).slice(1) }),
    embedded: {
      module: kubernetesProvider,
      folder: "cmd/pulumi-resource-kubernetes",
      files: ["schema.json", "terraform-mapping.json"],
    },
  },
  telemetrygen: {
    module: "telemetrygen",
    package: "github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen",
    versionOf: "github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen",
    versionArgs: ["--version"],
  },
  actionlint: {
    module: "actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    versionOf: "github.com/rhysd/actionlint",
    versionArgs: ["--version"],
    variables: (version) => ({ "github.com/rhysd/actionlint.version": version("github.com/rhysd/actionlint") }),
  },
} satisfies Record<string, Tool>;

/** A program that the sandbox builds. */
export type ToolName = keyof typeof catalog;

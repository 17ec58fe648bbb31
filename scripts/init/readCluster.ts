import { UserError } from "../../cli/errors.ts";
import { runCommand } from "../../cli/runCommand.ts";
import { lastLine } from "../../cli/errors.ts";
import { namespaces as own } from "../../catalog/names.ts";
import { isOfPlatform } from "../../catalog/labels.ts";
import type { FoundCluster, MetricsServer, Presence } from "../../settings/ownCluster.ts";

/** Asks an API server for a path; undefined where it has nothing there. */
export type GetRaw = (path: string) => Promise<unknown>;

/** As kubectl reaches a cluster. */
export interface ClusterAccess {
  readonly context: string;
  readonly get: GetRaw;
  /** Whether the user may do everything. */
  readonly isAdmin: boolean;
}

interface KubeList {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string;
      readonly namespace?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec?: { readonly providerID?: string };
  }[];
}

/**
 * Opens a cluster with the user's own kubectl.
 *
 * @param context of the kubeconfig; "" is the current one
 * @throws UserError in one line when there is no such context or the cluster does not answer
 */
export async function openCluster(context: string): Promise<ClusterAccess> {
  const kubectl = async (...args: string[]) => {
    const { code, stdout, output } = await runCommand("kubectl", args);
    return { ok: code === 0, stdout, line: lastLine(output) };
  };
  const current = context === "" ? await kubectl("config", "current-context") : undefined;
  if (current?.ok === false) throw new UserError(`kubectl: ${current.line}: name one with --context`);
  const name = current === undefined ? context : current.stdout.trim();
  const { stdout } = await kubectl("--context", name, "auth", "can-i", "*", "*", "--all-namespaces");
  return {
    context: name,
    isAdmin: stdout.trim() === "yes",
    get: async (path) => {
      const { ok, stdout: text, line } = await kubectl("--context", name, "get", "--raw", path);
      if (ok) return JSON.parse(text) as unknown;
      if (/\(NotFound\)|could not find the requested resource/.test(line)) return undefined;
      throw new UserError(`kubectl get --raw ${path}: ${line}`);
    },
  };
}

const prometheusOperator = /prometheus-operator$/;
const monitoringGroup = "monitoring.coreos.com";

/** What only the platform's own people may have where its policies bind. */
const monitoringPaths = [
  ...["prometheuses", "alertmanagers", "thanosrulers", "probes"].map((kind) => `v1/${kind}`),
  ...["prometheusagents", "scrapeconfigs"].map((kind) => `v1alpha1/${kind}`),
].map((kind) => `/apis/${monitoringGroup}/${kind}`);

/** Looks at a cluster; changes nothing. */
export async function readCluster({ context, isAdmin, get }: ClusterAccess): Promise<FoundCluster> {
  const list = async (path: string) => ((await get(path)) as KubeList | undefined)?.items ?? [];
  const { gitVersion } = (await get("/version")) as { gitVersion: string };
  const { groups } = (await get("/apis")) as { groups: readonly { name: string }[] };
  const serves = (group: string) => groups.some(({ name }) => name === group);
  const deployments = await list("/apis/apps/v1/deployments");
  const running = (pattern: RegExp) =>
    deployments.filter(({ metadata: { name, labels = {} } }) => pattern.test(labels["app.kubernetes.io/name"] ?? name));
  const presence = (group: string, pattern: RegExp): Presence => {
    if (!serves(group)) return "none";
    return running(pattern).length > 0 ? "running" : "kinds only";
  };
  const paths = serves(monitoringGroup) ? monitoringPaths : [];
  const monitoring = (await Promise.all(paths.map(list))).flat();
  const ofMonitoring = [...running(prometheusOperator), ...monitoring].map(({ metadata }) => metadata.namespace ?? "");
  const nodes = await list("/api/v1/nodes");
  const namespaces = await list("/api/v1/namespaces");
  const isDefault = "storageclass.kubernetes.io/is-default-class";
  const classes = await list("/apis/storage.k8s.io/v1/storageclasses");
  const storageClass = classes.find(({ metadata }) => metadata.annotations?.[isDefault] === "true")?.metadata.name;
  const others = [
    ["the OpenTelemetry operator", "opentelemetry.io", /^opentelemetry-operator/],
    ["the Jaeger operator", "jaegertracing.io", /^jaeger-operator/],
    ["a Grafana operator", "grafana.integreatly.org", /^grafana-operator/],
  ] as const;
  const hasOwn = (wanted: string) =>
    namespaces.some(({ metadata: { name, labels } }) => name === wanted && isOfPlatform(labels));
  const hasPlatform = hasOwn(own.openTelemetryOperator);
  return {
    context,
    version: gitVersion,
    distribution: serves("config.openshift.io")
      ? "OpenShift"
      : nodes.some(({ spec }) => spec?.providerID?.startsWith("kind://"))
        ? "kind"
        : "other",
    isAdmin,
    // Before its outputs: also where the first `up` of the platform failed.
    hasPlatform,
    keptClaims: !hasPlatform && hasOwn(own.observability),
    metricsServer: metricsServerOf(await get("/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io")),
    certManager: presence("cert-manager.io", /^cert-manager$/),
    prometheusOperator: presence(monitoringGroup, prometheusOperator),
    monitoringNamespaces: [...new Set(ofMonitoring)].filter((each) => each !== own.observability).sort(),
    otherOperators: others.flatMap(([what, group, pattern]) => (presence(group, pattern) === "running" ? [what] : [])),
    gatewayApi: serves("gateway.networking.k8s.io"),
    ...(storageClass === undefined ? {} : { storageClass }),
    podSecurity: namespaces
      .filter(({ metadata }) => metadata.labels?.["pod-security.kubernetes.io/enforce"] !== undefined)
      .map(({ metadata }) => metadata.name),
  };
}

/** @param apiService of the metrics API, undefined where there is none: one that was removed by halves leaves it */
function metricsServerOf(apiService: unknown): MetricsServer {
  if (apiService === undefined) return "none";
  const { status } = apiService as { status?: { conditions?: readonly { type: string; status: string }[] } };
  const isAvailable = status?.conditions?.some(({ type, status: is }) => type === "Available" && is === "True");
  return isAvailable === true ? "running" : "not available";
}

import { dump, load } from "js-yaml";

/** Name of the stack, and with it of its settings file. */
export const e2eStack = "e2e";

/** Name of the cluster and of its context: not the one that people work with, since it is deleted. */
export const e2eCluster = "kind-fluffy-e2e";

/** Something in the cluster that answers with JSON: the cluster may have no way out. */
export const e2eUpstream = "http://alertmanager-operated.observability.svc:9093/api/v2/status";

/** The first line of the settings that a run writes: a file without it is somebody's own. */
export const e2eMark = "# Made by npm run e2e, which removes it.";

/**
 * The cluster for ctlptl: that of cluster/kind.yaml under another name, with the same registry.
 *
 * @param kind text of cluster/kind.yaml
 * @throws Error when that has no cluster of the name that it is known by
 */
export function e2eClusterFile(kind: string): string {
  const file = kind.replace(/^name: kind-fluffy$/m, `name: ${e2eCluster}`);
  if (file === kind) throw new Error("cluster/kind.yaml has no cluster kind-fluffy");
  return file;
}

/**
 * The settings of the stack: those of `dev`, for that cluster.
 *
 * @param dev text of Pulumi.dev.yaml
 */
export function e2eSettings(dev: string): string {
  const { config } = load(dev) as { config: Record<string, unknown> };
  const own = dump({
    config: {
      ...config,
      "fluffy-observability:kubeContext": e2eCluster,
      "fluffy-observability:sampleApi": { upstreamUrl: e2eUpstream },
    },
  });
  return `${e2eMark}\n${own}`;
}

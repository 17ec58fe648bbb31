import type { Settings } from "./schema.ts";

/** Whether the data of an environment has to outlive a pod. Its name is the site's own, so that it is told however it is written. */
export function isProduction(environment: string): boolean {
  return /^prod(uction)?$/i.test(environment);
}

/** Stores of an environment `production` or `prod`, in any case, whose data goes with their pod, as `[key, problem]`. */
export function storageConflicts({
  cluster,
  parts,
  jaeger,
  jaegerEngine,
  logs,
  prometheus,
}: Settings): [string, string][] {
  if (!isProduction(cluster.environment)) return [];
  const lost = `but cluster.environment is ${cluster.environment}: what is kept would go with the pod`;
  const stores = jaegerEngine === "operator" ? "allowed is elasticsearch" : "allowed are badger, elasticsearch";
  return [
    ...(parts.jaeger && jaeger.storage === "memory"
      ? [["jaeger.storage", `is "memory", ${lost}; ${stores}`] satisfies [string, string]]
      : []),
    ...(prometheus.volumeSize === ""
      ? [["prometheus.volumeSize", `is "", ${lost}; set the size of its volume`] satisfies [string, string]]
      : []),
    ...(parts.logs && logs.otlpEndpoint === "" && logs.volumeSize === ""
      ? [["logs.volumeSize", `is "", ${lost}; set the size of its volume`] satisfies [string, string]]
      : []),
  ];
}

import type { Settings } from "./schema.ts";

/** What `cluster.environment` says of an environment whose data has to outlive a pod. */
const production = "production";

/** Stores of an environment `production` whose data goes with their pod, as `[key, problem]`. */
export function storageConflicts({ cluster, parts, jaeger, logs, prometheus }: Settings): [string, string][] {
  if (cluster.environment !== production) return [];
  const lost = `but cluster.environment is ${production}: what is kept would go with the pod`;
  return [
    ...(parts.jaeger && jaeger.storage === "memory"
      ? [["jaeger.storage", `is "memory", ${lost}; allowed are badger, elasticsearch`] satisfies [string, string]]
      : []),
    ...(prometheus.volumeSize === ""
      ? [["prometheus.volumeSize", `is "", ${lost}; set the size of its volume`] satisfies [string, string]]
      : []),
    ...(parts.logs && logs.otlpEndpoint === "" && logs.volumeSize === ""
      ? [["logs.volumeSize", `is "", ${lost}; set the size of its volume`] satisfies [string, string]]
      : []),
  ];
}

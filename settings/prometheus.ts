import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  integer,
  memoryLimit,
  optionalBaseUrl,
  optionalSecretName,
  prometheusVolume,
  retention,
  scrapeInterval,
  url,
} from "./bounds.ts";
import type { Settings } from "./schema.ts";

/** The label that the Prometheus operator takes where nothing is said. */
export const operatorReplicaLabel = "prometheus_replica";

/** What the settings of Prometheus look like. */

const remoteWriteSchema = z.strictObject({
  /** Where samples are sent: what speaks Prometheus' remote write. */
  url,
  /** Secret in namespace `observability` with the keys `username` and `password`. @default "" - no login */
  basicAuthSecret: optionalSecretName.default(""),
  /** Secret in namespace `observability` with a bearer token under the key `token`. @default "" - no token */
  tokenSecret: optionalSecretName.default(""),
  /** Secret in namespace `observability` with the CA of its certificate under `ca.crt`. @default "" - the CAs of Prometheus' image */
  caSecret: optionalSecretName.default(""),
});

/** What series and alerts are told apart by: the operator takes the replica's label from every alert. */
const takenLabels = [
  ...["alertname", "severity", "namespace", "pod", "container", "service", "job", "instance", "prometheus"],
  ...["service_name", "k8s_cluster_name", "k8s_namespace_name", "deployment_environment_name"],
];

export const prometheusSchema = z.strictObject({
  /** Pods of Prometheus, each with all the data. @default 1 */
  replicas: integer(1, 100).default(1),
  /**
   * Groups of `replicas` pods, each of which scrapes a share of the targets. More than one needs a store in `remoteWrite` that has all of
   * it, `queryUrl`, and the rules evaluated there. @default 1
   */
  shards: integer(1, 100).default(1),
  /** Where Prometheus' HTTP API answers from the samples of all shards, without a login. @default "" - Prometheus itself */
  queryUrl: optionalBaseUrl.default(""),
  /**
   * Label by which a store tells the `replicas` that send the same samples apart, so that it keeps one of each. @default "prometheus_replica"
   */
  replicaLabel: z
    .string()
    .regex(/^([a-zA-Z_]\w*)?$/, "the name of a label such as __replica__, or empty for none")
    .refine(
      (label) => !takenLabels.includes(label),
      "the name of a label that neither series nor alerts have, such as __replica__",
    )
    .default(operatorReplicaLabel),
  /** How long samples are kept. @default "15d" */
  retention: retention.default("15d"),
  /** Time between two scrapes. @default "30s" */
  scrapeInterval: scrapeInterval.default("30s"),
  /** Size of the volume of each pod. @default "" - no volume: samples go with the pod */
  volumeSize: prometheusVolume.default(""),
  /** Memory limit of one pod. @default "2Gi" */
  memoryLimit: memoryLimit("256Mi").default("2Gi"),
  /** Stores elsewhere that get every sample too, for longer than `retention`. @default [] */
  remoteWrite: z.array(remoteWriteSchema).default([]),
});

/** What is wrong between the number of shards and other settings, as `[key, problem]`. */
export function shardConflicts({ prometheus, access }: Pick<Settings, "prometheus" | "access">): [string, string][] {
  const { shards, remoteWrite, queryUrl } = prometheus;
  const found: [string, string][] = [];
  if (shards === 1) {
    if (queryUrl !== "") {
      found.push([
        "prometheus.queryUrl",
        "is set, but prometheus.shards is 1: Prometheus answers itself; leave it empty",
      ]);
    }
    return found;
  }
  const missing = [...(remoteWrite.length === 0 ? ["remoteWrite"] : []), ...(queryUrl === "" ? ["queryUrl"] : [])];
  if (missing.length > 0) {
    found.push([
      "prometheus.shards",
      `is ${shards}, but prometheus.${missing.join(" and prometheus.")} ${missing.length > 1 ? "are" : "is"} empty: a shard has the ` +
        "metrics of some of the Collector's pods only, so that rules and dashboards would count a part of each service; must be 1 without " +
        "a store that has all",
    ]);
  }
  if (access.hosts.prometheus !== undefined) {
    found.push([
      "access.hosts.prometheus",
      `is "${access.hosts.prometheus}", but prometheus.shards is ${shards}: one shard would answer with its part; leave it out`,
    ]);
  }
  return found;
}

/** What is wrong between the settings of a store elsewhere, as `[key, problem]`. */
export function remoteWriteConflicts({ remoteWrite }: z.infer<typeof prometheusSchema>): [string, string][] {
  return remoteWrite.flatMap(({ url, basicAuthSecret, tokenSecret, caSecret }, index): [string, string][] => {
    const key = `prometheus.remoteWrite.${index}`;
    const first = remoteWrite.findIndex((store) => isDeepStrictEqual(store, remoteWrite[index]));
    if (first < index) return [[key, `is the same as prometheus.remoteWrite.${first}: Prometheus takes it once only`]];
    if (basicAuthSecret !== "" && tokenSecret !== "") {
      return [[`${key}.tokenSecret`, "is set beside basicAuthSecret: a request carries one of them; leave one empty"]];
    }
    if (basicAuthSecret + tokenSecret !== "" && url.startsWith("http://")) {
      return [[`${key}.url`, "is http, but has a Secret: whoever is on the way would read it; use https"]];
    }
    if (caSecret !== "" && url.startsWith("http://")) {
      return [
        [
          `${key}.caSecret`,
          "is set, but its url is http, where nothing has a certificate; use https, or leave it empty",
        ],
      ];
    }
    return [];
  });
}

import type { CrdArgs } from "./objects.ts";
import { conditions, labelSelector, secretKey } from "./podSchemas.ts";
import { type Schema, boolean, intOrString, integer, list, mapOf, object, string } from "./schema.ts";

const relabelings = list(
  object({
    action: string,
    modulus: integer,
    regex: string,
    replacement: string,
    separator: string,
    sourceLabels: list(string),
    targetLabel: string,
  }),
);

/** What the endpoints of both monitors have. */
const endpoint: Record<string, Schema> = {
  honorLabels: boolean,
  honorTimestamps: boolean,
  interval: string,
  metricRelabelings: relabelings,
  path: string,
  port: string,
  relabelings,
  scheme: string,
  scrapeTimeout: string,
  targetPort: intOrString,
};

const endpoints = list(
  object({
    ...endpoint,
    bearerTokenFile: string,
    tlsConfig: object({
      ca: object({ configMap: secretKey, secret: secretKey }),
      caFile: string,
      insecureSkipVerify: boolean,
      serverName: string,
    }),
  }),
);

/** What ServiceMonitor and PodMonitor share. */
const monitor: Record<string, Schema> = {
  jobLabel: string,
  namespaceSelector: object({ any: boolean, matchNames: list(string) }),
  podTargetLabels: list(string),
  sampleLimit: integer,
  selector: labelSelector,
};

const rule = object(
  {
    alert: string,
    annotations: mapOf(string),
    expr: intOrString,
    for: string,
    keep_firing_for: string,
    labels: mapOf(string),
    record: string,
  },
  ["expr"],
);

/** What the operator says of a configuration: for each Prometheus or Alertmanager, whether it took it in. */
export const bindings = object({
  bindings: list(
    object({ conditions, group: string, name: string, namespace: string, resource: string }, [
      "group",
      "name",
      "namespace",
      "resource",
    ]),
  ),
});

/** ServiceMonitor, PodMonitor and Probe: what Prometheus scrapes. The operator does not start without the kind Probe. */
export const monitors: Omit<CrdArgs, "group">[] = [
  {
    kind: "PodMonitor",
    shortNames: ["pmon"],
    versions: [
      {
        name: "v1",
        spec: object({ ...monitor, podMetricsEndpoints: list(object(endpoint)) }, ["selector"]),
        status: bindings,
      },
    ],
  },
  {
    kind: "Probe",
    shortNames: ["prb"],
    versions: [{ name: "v1", spec: object({ jobName: string, module: string }), status: bindings }],
  },
  {
    kind: "ServiceMonitor",
    shortNames: ["smon"],
    versions: [
      {
        name: "v1",
        spec: object({ ...monitor, endpoints, targetLabels: list(string) }, ["endpoints", "selector"]),
        status: bindings,
      },
    ],
  },
];

/** Recording rules and alerts. */
export const prometheusRule: Omit<CrdArgs, "group"> = {
  kind: "PrometheusRule",
  shortNames: ["promrule"],
  versions: [
    {
      name: "v1",
      spec: object({
        groups: list(object({ interval: string, labels: mapOf(string), name: string, rules: list(rule) }, ["name"])),
      }),
      status: bindings,
    },
  ],
};

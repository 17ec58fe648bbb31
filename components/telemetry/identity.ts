import { spanMetricsResource } from "./spanMetrics.ts";

/**
 * Puts the application's identity on every series, and nothing else of its resource. The names are the resource's own,
 * with dots: span metrics carry `service.name` already, and a second spelling of it would be the same label twice, which
 * the exporter refuses.
 */
const fromResource = ["service.name", "k8s.namespace.name", "k8s.deployment.name", "k8s.pod.name"].map(
  (attribute) => `set(attributes["${attribute}"], resource.attributes["${attribute}"])`,
);

/**
 * Workers of one pod have one identity, and the exporter would keep the value of whoever came last. What they have not in common is the
 * time from which each of its series counts.
 */
const isCounted = "start_time_unix_nano > 0 and metric.aggregation_temporality != AGGREGATION_TEMPORALITY_DELTA";

const fromStart = [
  // One that sends differences begins anew with each export: a series each.
  `set(attributes["otel.start_time"], start_time_unix_nano) where ${isCounted}`,
  // Node.js' has milliseconds, in which two workers may begin at once: the number of the process makes nanoseconds of them.
  'set(attributes["otel.start_time"], attributes["otel.start_time"] + resource.attributes["process.pid"]) ' +
    `where ${isCounted} and IsInt(resource.attributes["process.pid"])`,
];

/** Labels that the exporter makes of the resource: a metric that has one of them already would not be shown at all. */
const taken = ["job", "instance", "service_name", "k8s_namespace_name", "k8s_deployment_name", "k8s_pod_name"];

const isTaken = (label: string) => `attributes["${label}"] != nil`;

/** Not by `exported_`: so Prometheus calls what it finds when it scrapes. */
const renamed = {
  context: "datapoint",
  conditions: taken.map(isTaken),
  statements: taken.flatMap((label) => [
    `set(attributes["own_${label}"], attributes["${label}"]) where ${isTaken(label)}`,
    `delete_key(attributes, "${label}")`,
  ]),
};

/** Command lines hold passwords; the exporter shows everything of the resource in `target_info`. */
const withoutCommands = { context: "resource", statements: ['delete_matching_keys(attributes, "^process[.]command")'] };

/** The identity of what applications send. */
export const identity = {
  error_mode: "ignore",
  metric_statements: [withoutCommands, renamed, { context: "datapoint", statements: [...fromResource, ...fromStart] }],
};

/** The identity of what is made of spans: what the connector says of a resource is that of the first pod that it saw. */
export const serviceIdentity = {
  error_mode: "ignore",
  metric_statements: [
    {
      context: "resource",
      statements: [`keep_keys(attributes, [${spanMetricsResource.map((attribute) => `"${attribute}"`).join(", ")}])`],
    },
    { context: "datapoint", statements: fromResource },
  ],
};

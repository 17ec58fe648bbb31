import { datasourceUids } from "../../catalog/names.ts";

/**
 * From a span to the log lines of its trace, and to those of its pod in that time: a line that was printed has no id. Jaeger hands the
 * resource's attributes over as tags.
 */
export const traceToLogs = {
  datasourceUid: datasourceUids.logs,
  spanStartTimeShift: "-1s",
  spanEndTimeShift: "1s",
  customQuery: true,
  query: 'trace_id:="${__trace.traceId}" OR {k8s.pod.name="${__span.tags["k8s.pod.name"]}"}',
};

/** From a log line to its trace. */
export const logsToTrace = {
  name: "trace",
  matcherType: "label",
  matcherRegex: "trace_id",
  url: "${__value.raw}",
  urlDisplayLabel: "Open its trace",
  datasourceUid: datasourceUids.jaeger,
};

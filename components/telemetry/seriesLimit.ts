/** Combinations of attributes that a metric of one process may have: as many as OpenTelemetry's SDKs allow by their specification. */
export const combinationsPerMetric = 2000;

/** Marks what was put together; SDKs that have the limit themselves use the same. */
const overflow = "otel.metric.overflow";

/** What remains of a metric above the limit: attributes of the conventions with few values, which the rules read. */
export const kept = [
  ...["http.request.method", "http.response.status_code", "url.scheme", "network.protocol.version"],
  ...["rpc.system", "rpc.grpc.status_code", "db.system.name", "messaging.system"],
];

/**
 * Puts the series of a metric together that has more than `combinationsPerMetric` of them, such as one with the id of a user. A process
 * sends all series of a metric at once, so that their number is known. First by the attributes that have few values; if these have many,
 * into one.
 */
export const seriesLimit = {
  error_mode: "ignore",
  metric_statements: [
    {
      context: "metric",
      statements: [
        `set(metric.cache["over"], true) where Len(metric.data_points) > ${combinationsPerMetric} and metric.type != METRIC_DATA_TYPE_SUMMARY`,
        `aggregate_on_attributes("sum", [${kept.map((attribute) => `"${attribute}"`).join(", ")}]) where metric.cache["over"] == true`,
        `aggregate_on_attributes("sum", []) where metric.cache["over"] == true and Len(metric.data_points) > ${combinationsPerMetric}`,
        'set(metric.metadata["over"], true) where metric.cache["over"] == true',
      ],
    },
    {
      context: "datapoint",
      statements: [
        `set(datapoint.attributes["${overflow}"], true) where metric.metadata["over"] == true`,
        // Without its start, the workers of a pod are told apart by their processes.
        'set(datapoint.attributes["otel.start_time"], resource.attributes["process.pid"]) where metric.metadata["over"] == true and resource.attributes["process.pid"] != nil',
        // What it was put together from was counted before: it begins here, and not at the start of the process.
        'set(datapoint.start_time_unix_nano, 0) where metric.metadata["over"] == true',
      ],
    },
  ],
};

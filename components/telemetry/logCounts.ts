import { ports } from "../../catalog/names.ts";
import { truncatedAttribute } from "./logRecords.ts";

/** What the log records that pass are counted by; the alert on error logs and the dashboard read it. */

/** Whose records they are; without a default a record that lacks one is not counted. */
const attributes = [
  { key: "service.name", default_value: "unknown" },
  { key: "k8s.namespace.name", default_value: "no_namespace" },
];

const count = (description: string, ...conditions: string[]) => ({
  description,
  attributes,
  ...(conditions.length > 0 ? { conditions } : {}),
});

/** The connector by its id. */
export const logCounts = {
  count: {
    logs: {
      "log.records": count("Log records."),
      "log.errors": count("Log records of severity error and above.", "severity_number >= SEVERITY_NUMBER_ERROR"),
      "log.cuts": count("Log records whose text was cut.", `attributes["${truncatedAttribute}"] == true`),
    },
  },
};

/**
 * The connector gives each batch the times of its records, and the exporter adds up only what begins where the last one ended: without it
 * every count would be that of the last batch.
 */
export const countedTogether = {
  error_mode: "ignore",
  metric_statements: [
    {
      context: "datapoint",
      statements: ["set(start_time_unix_nano, 0)", "set(time_unix_nano, 0)"],
    },
  ],
};

/** The exporter that shows the counts. */
export const logCountsExporter = { exporter: "prometheus/logs", port: ports.collectorLogRecords } as const;

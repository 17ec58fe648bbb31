import { ports } from "../../catalog/names.ts";
import { shown } from "./collectorPieces.ts";
import { truncatedAttribute } from "./logRecords.ts";

/** What the log records that pass are counted by; the alert on error logs and the dashboard read it. */

const count = (description: string, ...conditions: string[]) => ({
  description,
  ...(conditions.length > 0 ? { conditions } : {}),
});

/**
 * The connector by its id. It counts by nothing but the resource, whose name is put on the counts afterwards: what it counts by besides it
 * puts together for every record and every count, before it asks for the condition.
 */
export const logCounts = {
  count: {
    logs: {
      "log.records": count("Log records."),
      "log.errors": count("Log records of severity error and above.", "severity_number >= SEVERITY_NUMBER_ERROR"),
      "log.cuts": count("Log records whose text was cut.", `attributes["${truncatedAttribute}"] == true`),
    },
  },
};

const named = (attribute: string, otherwise: string) =>
  `set(attributes["${attribute}"], "${otherwise}") where attributes["${attribute}"] == nil`;

/**
 * The connector gives each batch the times of its records, and the exporter adds up only what begins where the last one ended: without it
 * every count would be that of the last batch. A record that says no service is counted all the same.
 */
export const countedTogether = {
  error_mode: "ignore",
  metric_statements: [
    {
      context: "datapoint",
      statements: [
        ...["set(start_time_unix_nano, 0)", "set(time_unix_nano, 0)"],
        ...[named("service.name", "unknown"), named("k8s.namespace.name", "no_namespace")],
      ],
    },
  ],
};

/** The exporter that shows the counts. */
export const logCountsExporter = { exporter: "prometheus/logs", port: ports.collectorLogRecords } as const;

/**
 * How it shows them: for as long as the alert on error logs looks back. A count that is left out after a quiet time, five minutes by
 * default, begins anew with the next error, and nobody sees by how much it grew.
 *
 * @param encrypted as of `shown`
 */
export const shownCounts = (encrypted: boolean) => ({
  ...shown(logCountsExporter.port, encrypted),
  metric_expiration: "24h",
});

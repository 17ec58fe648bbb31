import { ports } from "../names.ts";
import { truncatedAttribute } from "./logRecords.ts";

/** What the log records that pass are counted by; the alert on error logs and the dashboard read it. */

/** Whose records they are. */
const attributes = ["service.name", "k8s.namespace.name"].map((key) => ({ key }));

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

/** The exporter that shows the counts. */
export const logCountsExporter = { exporter: "prometheus/logs", port: ports.collectorLogRecords } as const;

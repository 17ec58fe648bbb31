import type { CollectorConfig } from "../../components/customResources/openTelemetry.ts";
import { logsExporterId } from "../../components/telemetry/logsExporter.ts";
import { without } from "./collectorVariants.ts";

/** The agent with less of what it does, by which its parts are measured. */

const receiver = "file_log";
const limiter = "memory_limiter";
const storage = "file_storage";

/** Where the node's files are, and that the store may be away: all that reading alone needs of the receiver's settings. */
const reading = ["include", "exclude", "start_at", "storage", "include_file_name", "retry_on_failure"];

/**
 * Reads line by line and sends them as they are: nothing is parsed, identified, masked or counted, and no record has two lines. What was
 * read and what is not sent yet is on the node's disk as with the agent.
 */
export function withoutLines(config: CollectorConfig): CollectorConfig {
  const { processors = {}, connectors = {}, receivers } = config;
  const left = without(config, [...Object.keys(processors).filter((id) => id !== limiter), ...Object.keys(connectors)]);
  const settings = Object.entries(receivers[receiver] as object).filter(([name]) => reading.includes(name));
  return { ...left, receivers: { [receiver]: Object.fromEntries(settings) } };
}

/** Nothing is on the disk: neither how far it has read, nor what waits for the store. */
export function withoutFolder(config: CollectorConfig): CollectorConfig {
  const { extensions = {}, service } = config;
  const fileLog = config.receivers[receiver] as object;
  const exporter = config.exporters[logsExporterId] as { sending_queue: object };
  return {
    ...config,
    receivers: { ...config.receivers, [receiver]: lacking(fileLog, "storage") },
    exporters: {
      ...config.exporters,
      [logsExporterId]: { ...exporter, sending_queue: lacking(exporter.sending_queue, "storage") },
    },
    extensions: lacking(extensions, storage),
    service: { ...service, extensions: service.extensions?.filter((id) => id !== storage) ?? [] },
  };
}

function lacking(settings: object, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name));
}

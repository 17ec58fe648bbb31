import type { CollectorConfig } from "../customResources/openTelemetry.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { healthCheck, memoryLimiter } from "./collectorPieces.ts";
import { serviceIdentity } from "./identity.ts";
import { countedTogether, logCounts, logCountsExporter, shownCounts } from "./logCounts.ts";
import { logLines, longestRead, recordStart } from "./logLines.ts";
import { logsExporter, logsExporterId, type LogsTarget } from "./logsExporter.ts";
import { annotated, type ClusterIdentity, nodePodIdentity } from "./podIdentity.ts";
import { selfTelemetry } from "./selfTelemetry.ts";

/** What the agent's configuration depends on. */
export interface LogAgentConfigArgs {
  /** Memory limit of the container, such as `256Mi`. */
  readonly memoryLimit: string;
  readonly target: LogsTarget;
  /** What is masked; none is nothing. */
  readonly patterns: readonly string[];
  readonly cluster: ClusterIdentity;
  /** Prometheus scrapes the counts over TLS, and no other way. */
  readonly metricsTls: boolean;
}

/** Where a node has the files of its pods. */
export const podLogs = "/var/log/pods";

/** Where the agent keeps how far it has read, and what the store has not taken yet. */
export const stateFolder = "/var/lib/otelcol";

/** Bytes that wait on the node while the store is away; what comes then waits in its file, for as long as the kubelet keeps that. */
const queueBytes = 200_000_000;

/**
 * The configuration of the agent: the files of a node's pods to the store. What was read is on the node's disk before the agent remembers
 * to have read it: with a batch in between, or with the receiver's own, a kill would lose what is in it. See `synchronous`.
 */
export function logAgentConfig({
  memoryLimit,
  target,
  patterns,
  cluster,
  metricsTls,
}: LogAgentConfigArgs): CollectorConfig {
  const identified = nodePodIdentity(cluster);
  return {
    extensions: {
      health_check: healthCheck,
      file_storage: {
        directory: stateFolder,
        create_directory: false,
        compaction: { directory: stateFolder, on_start: true },
      },
    },
    receivers: {
      file_log: {
        // With what is rotated, so that the rest of a file is read that was rotated meanwhile.
        include: [`${podLogs}/*/*/*.log*`],
        // The kubelet compresses into the first; a line of the agent's own about a line would be the next one.
        exclude: [`${podLogs}/*/*/*.tmp`, `${podLogs}/${namespaces.nodeAgents}_${resources.logAgent}-collector-*/*/*`],
        start_at: "beginning",
        storage: "file_storage",
        compression: "auto",
        include_file_path: true,
        include_file_name: false,
        multiline: { line_start_pattern: recordStart },
        // The search for the next record is fast in few bytes only.
        initial_buffer_size: "2KiB",
        max_log_size: longestRead,
        max_log_size_behavior: "truncate",
        force_flush_period: "1s",
        // The store is away: the files wait.
        retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
        operators: [{ type: "move", from: 'attributes["log.file.path"]', to: 'resource["log.file.path"]' }],
      },
    },
    processors: {
      memory_limiter: memoryLimiter(memoryLimit, 0.2),
      "transform/lines": logLines(patterns),
      ...identified,
      "transform/named": named,
      "filter/left_out": leftOut,
      "transform/service": serviceIdentity,
      "transform/counts": countedTogether,
    },
    connectors: { ...logCounts },
    exporters: {
      [logsExporterId]: logsExporter(
        target,
        { storage: "file_storage", sizer: "bytes", queue_size: queueBytes, block_on_overflow: true },
        "0s",
      ),
      [logCountsExporter.exporter]: shownCounts(metricsTls),
    },
    service: {
      extensions: ["health_check", "file_storage"],
      telemetry: selfTelemetry,
      pipelines: {
        logs: {
          receivers: ["file_log"],
          processors: [
            "memory_limiter",
            "transform/lines",
            ...Object.keys(identified),
            "transform/named",
            "filter/left_out",
          ],
          exporters: [logsExporterId, ...Object.keys(logCounts)],
        },
        "metrics/logs": {
          receivers: Object.keys(logCounts),
          processors: ["transform/service", "transform/counts"],
          exporters: [logCountsExporter.exporter],
        },
      },
    },
  };
}

/** The gate by which the receiver hands on what it read before it remembers that. */
export const synchronous = "stanza.synchronousLogEmitter";

/** What no workload runs has no name yet: that of its container, as the conventions have it. */
const named = {
  error_mode: "ignore",
  log_statements: [
    {
      context: "resource",
      statements: [
        'set(attributes["service.name"], attributes["k8s.container.name"]) where attributes["service.name"] == nil',
      ],
    },
  ],
};

/** Pods, or namespaces, that their annotation leaves out; what the pod says counts. */
const leftOut = {
  error_mode: "ignore",
  log_conditions: [
    `IsMatch(resource.attributes["${annotated("pod")}"], "^(off|otlp)$")`,
    `resource.attributes["${annotated("pod")}"] == nil and resource.attributes["${annotated("namespace")}"] == "off"`,
  ],
};

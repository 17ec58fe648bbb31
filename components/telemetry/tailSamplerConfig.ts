import { everyAddress, ports } from "../../catalog/names.ts";
import { mebibytes } from "../../settings/quantities.ts";
import type { Settings } from "../../settings/read.ts";
import type { CollectorConfig } from "../customResources/openTelemetry.ts";
import { healthCheck, memoryLimiter } from "./collectorPieces.ts";
import { selfTelemetry } from "./selfTelemetry.ts";
import { tracesExporter } from "./tracesExporter.ts";
import { serverTls } from "../tls/tlsFiles.ts";

/** What the configuration of the second tier depends on. */
export interface TailSamplerConfigArgs {
  readonly sampling: Settings["collector"]["tailSampling"];
  /** host:port of Jaeger's OTLP/gRPC receiver. */
  readonly jaegerEndpoint: string;
  /** Take spans over TLS. @default false */
  readonly receiverTls?: boolean;
  /** Send them to Jaeger over TLS. @default false */
  readonly encrypted?: boolean;
}

/** Traces for each MiB of the limit: more would need more memory than there is, so that the limiter refuses spans before traces go undecided. */
const tracesPerMebibyte = 256;

/** Decisions that are remembered for each MiB of the limit, of either kind: of one, both take some 400 bytes. */
const decisionsPerMebibyte = 128;

/** The configuration of the second tier: the spans of a trace in, and out if it is kept. */
export function tailSamplerConfig(args: TailSamplerConfigArgs): CollectorConfig {
  const { sampling, jaegerEndpoint, encrypted = false } = args;
  const exporters = tracesExporter({ jaegerEndpoint, encrypted });
  const tls = args.receiverTls === true ? serverTls : {};
  const processors = {
    // As soon as it takes spans again, all that waits in the first tier comes: in a second more than there is room for.
    memory_limiter: { ...memoryLimiter(sampling.memoryLimit, 0.3), check_interval: "100ms" },
    tail_sampling: tailSampling(sampling),
    batch: {},
  };
  return {
    extensions: { health_check: healthCheck },
    // Of each collector of the first tier so many requests at a time: what is on its way is not in the limiter's sight.
    receivers: {
      otlp: {
        protocols: { grpc: { endpoint: `${everyAddress}:${ports.otlpGrpc}`, max_concurrent_streams: 2, ...tls } },
      },
    },
    processors,
    exporters,
    service: {
      extensions: ["health_check"],
      telemetry: selfTelemetry,
      pipelines: {
        traces: { receivers: ["otlp"], processors: Object.keys(processors), exporters: Object.keys(exporters) },
      },
    },
  };
}

function tailSampling(sampling: TailSamplerConfigArgs["sampling"]): Record<string, unknown> {
  const { keepPercentage, slowMilliseconds, waitSeconds, memoryLimit } = sampling;
  const decisions = mebibytes(memoryLimit) * decisionsPerMebibyte;
  return {
    decision_wait: `${waitSeconds}s`,
    num_traces: mebibytes(memoryLimit) * tracesPerMebibyte,
    // A span that comes late goes the way of its trace. Without them what was decided takes a place until others push it out.
    decision_cache: { sampled_cache_size: decisions, non_sampled_cache_size: decisions },
    policies: [
      { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
      { name: "slow", type: "latency", latency: { threshold_ms: slowMilliseconds } },
      // By the trace's id, so that every pod decides alike.
      { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: keepPercentage } },
    ],
  };
}

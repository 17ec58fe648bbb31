import { ports } from "../../catalog/names.ts";
import { exporterTls } from "../tls/tlsFiles.ts";

/** Where the spans of a collector go. */
export interface TracesTarget {
  /** host:port of Jaeger's OTLP/gRPC receiver. */
  readonly jaegerEndpoint: string;
  /** The name that is answered with the address of each pod that samples; undefined: what comes in goes to Jaeger. */
  readonly samplerPods?: string | undefined;
  /** Send over TLS. @default false */
  readonly encrypted?: boolean;
}

/**
 * Splits what would be larger than a gRPC server takes (4 MiB by default, Jaeger's too), and waits for nothing more: a batch
 * counts spans, and one that is refused for its size is dropped, not tried again.
 */
const splitOnly = (bytes: number) => ({ sizer: "bytes", min_size: 0, max_size: bytes });

/** What they are sent to may be away for some minutes, and no trace is lost. */
const patient = (bytes: number) => ({
  sending_queue: { enabled: true, queue_size: 5000, batch: splitOnly(bytes) },
  retry_on_failure: { enabled: true, max_interval: "10s", max_elapsed_time: "10m" },
});

const insecure = { tls: { insecure: true } };

const connection = (tls: ReturnType<typeof exporterTls> | typeof insecure) => ({
  ...tls,
  // The default, gzip, takes a fifth of all that the collector does.
  compression: "snappy",
});

/** The exporter of spans, by its id. */
export function tracesExporter({
  jaegerEndpoint,
  samplerPods,
  encrypted = false,
}: TracesTarget): Record<string, unknown> {
  return samplerPods === undefined
    ? {
        "otlp_grpc/jaeger": {
          endpoint: jaegerEndpoint,
          ...connection(encrypted ? exporterTls() : insecure),
          ...patient(4_000_000),
        },
      }
    : { load_balancing: byTrace(samplerPods, encrypted) };
}

/**
 * Every collector sends the spans of a trace to the same pod. The queue is in front of the choice of a pod, so that what waits for one that
 * is gone goes to another; and only this queue has metrics.
 */
function byTrace(hostname: string, encrypted: boolean) {
  return {
    routing_key: "traceID",
    // What is on its way takes memory of the second tier before its limiter sees it, also when it is refused.
    ...patient(1_000_000),
    // All attempts of `otlp` below; the default would end the first.
    timeout: "20s",
    protocol: {
      otlp: {
        // A pod is found by its address, and its certificate has the name of all.
        ...connection(encrypted ? exporterTls(hostname) : insecure),
        timeout: "5s",
        sending_queue: { enabled: false },
        // A container that starts anew is back by then. After it the whole batch is tried again, and what other pods took comes twice.
        retry_on_failure: { enabled: true, initial_interval: "500ms", max_interval: "2s", max_elapsed_time: "10s" },
      },
    },
    // Of pods that are not ready the name's answer has none, but what the API server says does, and the exporter looks no closer.
    resolver: { dns: { hostname, port: String(ports.otlpGrpc) } },
  };
}

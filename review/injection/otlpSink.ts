import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import protobuf from "protobufjs";

/** How a collector behaves: one that is `slow` answers after a second, one that is `silent` never does. */
export type CollectorState = "there" | "slow" | "silent" | "refusing";

/** What one application sent. */
export interface Received {
  /** Spans by their kind; each request has one of kind `server` or `client`. */
  readonly spans: Record<SpanKind, number>;
  /** Requests served by all processes, by the metric; 0 without one. */
  served: number;
}

export type SpanKind = "unspecified" | "internal" | "server" | "client" | "producer" | "consumer";

const kinds: readonly SpanKind[] = ["unspecified", "internal", "server", "client", "producer", "consumer"];

/** As much of OTLP's messages as is looked at; fields that are not named are skipped. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Traces { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { repeated ScopeSpans scope_spans = 2; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span { string name = 5; int32 kind = 6; }
  message Metrics { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { repeated ScopeMetrics scope_metrics = 2; }
  message ScopeMetrics { repeated Metric metrics = 2; }
  message Metric { string name = 1; Histogram histogram = 9; }
  message Histogram { repeated Point data_points = 1; }
  message Point { fixed64 start = 2; fixed64 count = 4; }
`);

interface Traces {
  resourceSpans: { scopeSpans: { spans: { kind: number }[] }[] }[];
}

interface Metrics {
  resourceMetrics: {
    scopeMetrics: { metrics: { name: string; histogram?: { dataPoints: { start: string; count: string }[] } }[] }[];
  }[];
}

/** A collector's OTLP/HTTP receiver on loopback that counts what arrives. */
export class OtlpSink {
  readonly received: Received = {
    spans: { unspecified: 0, internal: 0, server: 0, client: 0, producer: 0, consumer: 0 },
    served: 0,
  };
  readonly #server = createServer((request, response) => {
    void this.#take(request).then(async () => {
      if (this.#state === "silent") return;
      if (this.#state === "slow") await sleep(1000);
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });

  readonly #state: CollectorState;
  #port = 0;

  private constructor(state: CollectorState) {
    this.#state = state;
  }

  /** Starts one in that state; one that refuses has a port that nothing listens on. */
  static async start(state: CollectorState): Promise<OtlpSink> {
    const sink = new OtlpSink(state);
    await new Promise<void>((resolve) => sink.#server.listen(0, "127.0.0.1", resolve));
    sink.#port = (sink.#server.address() as AddressInfo).port;
    if (state === "refusing") await sink.stop();
    return sink;
  }

  /** Whether a sender is told that its data is there. */
  get answers(): boolean {
    return this.#state === "there" || this.#state === "slow";
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const bytes = request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
    if (request.url === "/v1/traces") this.#countSpans(decode("Traces", bytes) as Traces);
    if (request.url === "/v1/metrics") this.#countRequests(decode("Metrics", bytes) as Metrics);
  }

  #countSpans({ resourceSpans }: Traces): void {
    for (const { kind } of resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))) {
      this.received.spans[kinds[kind] ?? "unspecified"] += 1;
    }
  }

  /** Newest counts of each process, by the time from which its series count. */
  readonly #counts = new Map<string, number>();

  /** Each export has the totals so far. */
  #countRequests({ resourceMetrics }: Metrics): void {
    const all = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
    const points = all
      .filter(({ name }) => name === "http.server.request.duration")
      .flatMap(({ histogram }) => histogram?.dataPoints ?? []);
    const totals = new Map<string, number>();
    for (const { start, count } of points) totals.set(start, (totals.get(start) ?? 0) + Number(count));
    for (const [start, total] of totals) this.#counts.set(start, total);
    this.received.served = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }
}

function decode(type: string, bytes: Buffer): object {
  const message = root.lookupType(type);
  return message.toObject(message.decode(bytes), { longs: String, arrays: true });
}

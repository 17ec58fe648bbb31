import { createServer, type Server } from "node:http";

/** A span that arrived. */
export interface ArrivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  /** As they came. */
  readonly attributes: readonly object[];
  /** Who sent it, by the number of its port. */
  readonly sender: number;
}

interface Request {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Omit<ArrivedSpan, "sender">[] }[];
  }[];
}

/** Takes spans by OTLP/HTTP as JSON, and keeps them. */
export class SpanSink {
  readonly spans: ArrivedSpan[] = [];
  readonly #servers: Server[];
  readonly #ports: readonly number[];

  /** @param ports one for each sender */
  constructor(ports: readonly number[]) {
    this.#ports = ports;
    this.#servers = ports.map((_, sender) =>
      createServer((request, response) => {
        const pieces: Buffer[] = [];
        request.on("data", (piece: Buffer) => pieces.push(piece));
        request.on("end", () => {
          this.#take(Buffer.concat(pieces).toString(), sender);
          response.end("{}");
        });
      }),
    );
  }

  listen(): void {
    for (const [index, server] of this.#servers.entries()) server.listen(this.#ports[index], "127.0.0.1");
  }

  /** Those that a name begins, by their traces. */
  traces(prefix: string): Map<string, ArrivedSpan[]> {
    const traces = new Map<string, ArrivedSpan[]>();
    for (const span of this.spans.filter(({ name }) => name.startsWith(prefix))) {
      const { traceId } = span;
      traces.set(traceId, [...(traces.get(traceId) ?? []), span]);
    }
    return traces;
  }

  close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  #take(text: string, sender: number): void {
    for (const { scopeSpans } of (JSON.parse(text) as Request).resourceSpans) {
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        const { traceId, spanId, name, attributes } = span;
        this.spans.push({ traceId, spanId, name, attributes, sender });
      }
    }
  }
}

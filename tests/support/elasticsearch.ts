import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { type Document, found, type Search } from "./elasticsearchQuery.ts";

/** What a store says of itself, which Jaeger goes by. */
export const products = {
  "Elasticsearch 8": { number: "8.19.0", tagline: "You Know, for Search" },
  "Elasticsearch 9": { number: "9.1.0", tagline: "You Know, for Search" },
  "OpenSearch 2": { number: "2.19.0", tagline: "The OpenSearch Project: https://opensearch.org/" },
  "OpenSearch 3": { number: "3.2.0", tagline: "The OpenSearch Project: https://opensearch.org/" },
} as const;

/** One of them. */
export type Product = keyof typeof products;

/** Status and body, which is sent as JSON. */
type Answer = [status: number, body: unknown];

/** How it is started. */
export interface ElasticsearchArgs {
  readonly product: Product;
  /** Who is let in. */
  readonly login: { readonly username: string; readonly password: string };
  /** Certificate and key, as PEM. @default without TLS */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** The part of the HTTP API of Elasticsearch and OpenSearch that Jaeger asks for, on loopback: it keeps documents and finds them. */
export class Elasticsearch {
  /** Every document that was taken. */
  readonly documents: Document[] = [];
  /** Patterns of the indices that each template is for, by the template's name. */
  readonly templates = new Map<string, readonly string[]>();
  /** Requests that nothing here answers, which a test wants none of. */
  readonly unknown: string[] = [];
  /**
   * Status of the answer to every request from now on, or to each document of a write that is taken itself.
   *
   * @default undefined - it works
   */
  fails: { readonly status: number; readonly of: "requests" | "documents" } | undefined;
  /** Who is let in from now on. */
  login: { readonly username: string; readonly password: string };
  /** Writes that came without that login. */
  refusedWrites = 0;
  readonly #args: ElasticsearchArgs;
  readonly #server: Server;

  private constructor(args: ElasticsearchArgs) {
    this.#args = args;
    this.login = args.login;
    const listener: RequestListener = (request, response) => {
      // Clients of Elasticsearch from version 8 on refuse what does not say so.
      if (args.product.startsWith("Elasticsearch")) response.setHeader("x-elastic-product", "Elasticsearch");
      this.#answer(request)
        .catch((error: unknown): Answer => {
          this.unknown.push(`${request.method} ${request.url}: ${String(error)}`);
          return [400, { error: { type: "parsing_exception", reason: String(error) }, status: 400 }];
        })
        .then(([status, body]) => {
          response.writeHead(status, { "content-type": "application/json" });
          response.end(JSON.stringify(body));
        }, assert.ifError);
    };
    this.#server = args.tls === undefined ? createServer(listener) : createTlsServer(args.tls, listener);
  }

  /** Starts one on a free port. */
  static async start(args: ElasticsearchArgs): Promise<Elasticsearch> {
    const started = new Elasticsearch(args);
    await new Promise<void>((done) => started.#server.listen(0, "127.0.0.1", done));
    return started;
  }

  /** Its base URL. */
  get url(): string {
    const scheme = this.#args.tls === undefined ? "http" : "https";
    return `${scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Documents of indices whose names begin so. */
  under(prefix: string): Document[] {
    return this.documents.filter(({ index }) => index.startsWith(prefix));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? "/", this.url);
    const body = await bodyOf(request);
    const { product } = this.#args;
    const basic = Buffer.from(`${this.login.username}:${this.login.password}`).toString("base64");
    if (request.headers.authorization !== `Basic ${basic}`) {
      if (pathname === "/_bulk") this.refusedWrites += 1;
      const reason = "unable to authenticate user";
      return [401, { error: { type: "security_exception", reason }, status: 401 }];
    }
    if (this.fails?.of === "requests") {
      return [this.fails.status, { error: { type: "unavailable" }, status: this.fails.status }];
    }
    const [, first = "", second = ""] = pathname.split("/").map(decodeURIComponent);
    if (pathname === "/") return [200, { version: { number: products[product].number }, ...products[product] }];
    if (request.method === "PUT" && (first === "_index_template" || first === "_template")) {
      this.templates.set(second, (JSON.parse(body) as { index_patterns: string[] }).index_patterns);
      return [200, { acknowledged: true }];
    }
    if (first === "_bulk") return [200, this.#write(lines(body))];
    if (first === "_msearch") {
      const [headers, searches] = [lines(body).filter(even), lines(body).filter((_, index) => !even(_, index))];
      const responses = searches.map((search, index) => found(this.#of(indicesOf(headers[index])), search as Search));
      return [200, { responses }];
    }
    if (second === "_search") return [200, found(this.#of(first), JSON.parse(body) as Search)];
    throw new Error("nothing here answers that");
  }

  /** Each document is an action with its index, and what is kept. */
  #write(items: unknown[]): unknown {
    const status = this.fails?.of === "documents" ? this.fails.status : 201;
    const answered = items.filter(even).map((action, position) => {
      const { index = { _index: "" } } = action as { index?: { _index: string } };
      if (status === 201) this.documents.push({ index: index._index, source: items[2 * position + 1] as object });
      const error = { type: "es_rejected_execution_exception", reason: "rejected execution of coordinating operation" };
      return { index: { _index: index._index, status, ...(status === 201 ? { result: "created" } : { error }) } };
    });
    return { took: 1, errors: status !== 201, items: answered };
  }

  /** Documents of some indices, of which those that are not there are left out. */
  #of(names: string | string[]): Document[] {
    const asked = typeof names === "string" ? names.split(",") : names;
    return this.documents.filter(({ index }) => asked.includes(index));
  }
}

/** A header of a search among many names one index or several. */
function indicesOf(header: unknown): string | string[] {
  const { index, indices = [] } = header as { index?: string | string[]; indices?: string[] };
  return index ?? indices;
}

const even = (_: unknown, index: number) => index % 2 === 0;

const lines = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const bytes = await buffer(request);
  return (request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
}

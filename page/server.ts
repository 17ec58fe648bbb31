import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { errorLine, UserError } from "../cli/errors.ts";
import { assetAt } from "./assets.ts";
import { type GivenDashboard, pageDashboards } from "./dashboards.ts";
import { document } from "./document.ts";
import type { ObjectHealth } from "./model/health.ts";
import type { PageData } from "./model/pageData.ts";
import { type Answer, ask, type Sources, targetOf } from "./proxy.ts";

/** What the page shows. */
export interface PageContent {
  sources: Sources;
  dashboards: readonly GivenDashboard[];
  /** Seconds between two scrapes. */
  scrapeSeconds: number;
  /** The programs' own pages. */
  links: PageData["links"];
}

/** What the page is made of, and where it is served. */
export interface PageArgs {
  /** Loopback port; 0 is any that is free. */
  port: number;
  /** Reads what the page shows, each time that it is opened. */
  content: () => Promise<PageContent>;
  /** Reads the platform's objects. @default - there is no cluster to ask */
  objects?: () => Promise<ObjectHealth[]>;
}

/** A page that is served. */
export interface Page {
  url: string;
  close: () => Promise<void>;
}

const headers = {
  "Cache-Control": "no-store",
  // Styles stand in attributes too: the bars of a trace, and the charts.
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/**
 * Serves the page on loopback: its files, what it shows, and reading requests to the sources.
 *
 * @throws UserError when another program has the port
 */
export async function servePage({ port: wanted, content, objects }: PageArgs): Promise<Page> {
  let { sources } = await content();
  const open = async (): Promise<PageData> => {
    const { dashboards, scrapeSeconds, links, ...current } = await content();
    ({ sources } = current);
    const has = { logs: sources.logs !== undefined, objects: objects !== undefined };
    return { ...pageDashboards(dashboards), scrapeSeconds, links, has };
  };
  const server = createServer((request, response) => {
    void answer(request)
      // What nobody catches would end the process, and the page with it.
      .catch((error: unknown) => text(500, errorLine(error)))
      .then(({ status, type, body }) => {
        response.writeHead(status, { ...headers, "Content-Type": type }).end(body);
      });
  });
  await listen(server, wanted);
  const { port } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  async function answer(request: IncomingMessage): Promise<Answer> {
    // A page of somewhere else whose name was made to lead here has that name as its host.
    if (!hosts.includes(request.headers.host ?? "")) return text(403, `only for ${hosts.join(", ")}`);
    if (request.method !== "GET") return text(405, "only GET");
    const url = URL.parse(request.url ?? "/", "http://127.0.0.1");
    if (url === null) return text(400, "no URL");
    const { pathname, search } = url;
    if (pathname === "/") return { status: 200, type: "text/html; charset=utf-8", body: document };
    const read = pathname === "/data/page" ? open : pathname === "/data/objects" ? objects : undefined;
    if (read !== undefined) {
      return read().then(
        (found) => json(200, found),
        (error: unknown) => json(502, { error: errorLine(error) }),
      );
    }
    const asset = assetAt(pathname.slice(1));
    if (asset !== undefined) return { status: 200, ...asset };
    const target = targetOf(sources, pathname, search);
    return target === undefined ? text(404, "not found") : ask(target);
  }

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, close };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new UserError(`the page cannot listen on port ${port}: ${error.message}`));
    });
    server.listen({ host: "127.0.0.1", port, exclusive: true }, resolve);
  });
}

function text(status: number, body: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body };
}

function json(status: number, value: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

import { createServer, type Server } from "node:http";

/**
 * The small upstream that stands in for the one of the sample API: it answers every GET with a user, and 503 as often as
 * `POST /failures?count=N` asked for.
 */
export function createUpstream(): Server {
  let failures = 0;
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://upstream");
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (request.method === "POST") {
      failures += Number(url.searchParams.get("count") ?? 0);
      answer(200, { failures });
    } else if (url.pathname !== "/healthz" && failures > 0) {
      failures -= 1;
      answer(503, { message: "failing as asked" });
    } else {
      answer(200, { login: url.pathname.split("/").at(-1) });
    }
  });
}

// Run as a program: the argument is the port.
if (import.meta.filename === process.argv[1]) {
  createUpstream().listen({ host: "127.0.0.1", port: Number(process.argv[2]) });
}

import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Answers a request for a part of a file, as the servers of releases do.
 *
 * @param most bytes after which the connection breaks off. @default it does not
 */
export function answerRange(
  response: ServerResponse,
  { headers }: Pick<IncomingMessage, "headers">,
  content: Uint8Array,
  most = Infinity,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
  if (from > 0 && from >= content.length) return void response.writeHead(416).end();
  const range = { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
  const length = { "content-length": content.length - from };
  response.writeHead(from > 0 ? 206 : 200, { ...length, ...(from > 0 ? range : {}) });
  const rest = content.subarray(from, from + most);
  if (from + rest.length === content.length) response.end(rest);
  else {
    // Whoever reads gets time for it: an end right behind it would take it away again.
    response.write(rest, () => setTimeout(() => response.socket?.end(), 100));
  }
}

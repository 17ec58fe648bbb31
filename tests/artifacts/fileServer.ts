import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request; `attempt` counts the requests of the same path from 1. */
export type Answer = (response: ServerResponse, attempt: number, request: IncomingMessage) => void;

/** A web server on loopback that misbehaves on request, for the tests of downloads. */
export interface FileServer {
  /** The URL of a path. */
  url(path: string): string;
  /** Decides how a path is answered; what has no answer is answered with 404. */
  answer(path: string, answer: Answer | string | Uint8Array): void;
  /** How often a path was asked for. */
  requests(path: string): number;
}

/** Gives each test of the surrounding suite a server of its own. */
export function fileServer(): FileServer {
  let server: Server;
  let answers: Map<string, Answer>;
  let counts: Map<string, number>;

  beforeEach(async () => {
    answers = new Map();
    counts = new Map();
    server = createServer((request, response) => {
      const path = request.url ?? "";
      const attempt = (counts.get(path) ?? 0) + 1;
      counts.set(path, attempt);
      const answer = answers.get(path);
      if (answer) answer(response, attempt, request);
      else response.writeHead(404).end("not here");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterEach(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });

  return {
    url: (path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    answer(path, answer) {
      answers.set(path, typeof answer === "function" ? answer : (response) => response.end(answer));
    },
    requests: (path) => counts.get(path) ?? 0,
  };
}

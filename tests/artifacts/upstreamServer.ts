import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { bundleArtifact, chartArtifact } from "../../artifacts/artifact.ts";
import { programPath, type ReleasedFile } from "../../artifacts/programs/mirrorProgram.ts";
import { bundles, charts, type ChartSpec } from "../../catalog/versions.ts";
import { answerRange } from "../../review/releases/rangeAnswer.ts";
import { answerChart, answerRegistryChart } from "./chartServer.ts";
import { type FileServer, fileServer } from "./fileServer.ts";

/** Upstream's hosts, played by a server on loopback: whoever asks for one of their addresses asks that. */
export interface UpstreamServer {
  /**
   * Has every bundle and chart at upstream's own address.
   *
   * @param folder a mirror that has them
   */
  answerArtifacts(folder: string): void;
  /** Has releases of programs, below `programs/` of a folder, at upstream's own addresses. */
  answerPrograms(folder: string, programs: readonly Pick<ReleasedFile, "key" | "url">[]): void;
  /** How often an address was asked for. */
  requests(url: string): number;
}

/** Gives each test of the surrounding suite a server of its own; other hosts than loopback are not asked. */
export function upstreamServer(): UpstreamServer {
  const server = fileServer();
  const { fetch } = globalThis;

  beforeEach(() => {
    globalThis.fetch = (input, init) => {
      assert.ok(typeof input === "string");
      const { protocol, host, pathname, search } = new URL(input);
      return fetch(protocol === "https:" ? server.url(`/${host}${pathname}${search}`) : input, init);
    };
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  return {
    answerArtifacts(folder) {
      for (const spec of Object.values(bundles)) {
        const { path, url } = bundleArtifact(spec);
        server.answer(placeOf(url), readFileSync(join(folder, path)));
      }
      for (const spec of Object.values<ChartSpec>(charts)) {
        const content = readFileSync(join(folder, chartArtifact(spec).path));
        if (spec.repo !== undefined) {
          answerChart(server, { name: spec.chart, version: spec.version, content }, placeOf(spec.repo));
          continue;
        }
        const { host, pathname } = new URL(spec.chart);
        answerRegistryChart(below(server, `/${host}`), { name: pathname.slice(1), version: spec.version, content });
      }
    },
    answerPrograms(folder, programs) {
      for (const { key, url } of programs) {
        server.answer(placeOf(url), (response, _attempt, request) => {
          answerRange(response, request, readFileSync(join(folder, programPath(key))));
        });
      }
    },
    requests: (url) => server.requests(placeOf(url)),
  };
}

/** Lets every connection of this process fail, and with it the test, until the test has ended. */
export function withoutConnections(): void {
  const connect = Object.getOwnPropertyDescriptor(Socket.prototype, "connect") ?? assert.fail();
  let tried = 0;
  const value = () => {
    tried += 1;
    throw new Error("nothing may be downloaded");
  };
  beforeEach(() => {
    tried = 0;
    Object.defineProperty(Socket.prototype, "connect", { ...connect, value });
  });
  afterEach(() => {
    Object.defineProperty(Socket.prototype, "connect", connect);
    assert.equal(tried, 0, "something was to be downloaded");
  });
}

function placeOf(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `/${host}${pathname}${search}`.replace(/\/+$/, "");
}

/** A server of upstream's, whose host is the folder that it has everything below. */
function below(server: FileServer, folder: string): FileServer {
  return {
    url: (path) => `https:/${folder}${path}`,
    answer: (path, answer) => {
      server.answer(`${folder}${path}`, answer);
    },
    requests: (path) => server.requests(`${folder}${path}`),
  };
}

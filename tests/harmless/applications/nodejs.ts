import type { Application } from "../application.ts";

const paths = ["/ok", "/warn", "/boom", "/versions"];

const script = (file: string): Application["command"] => {
  return ({ runtime }) => [runtime, file];
};

/** Node.js applications; the preload that ends them at SIGTERM is the default of InstrumentedApi. */
export const nodejsApplications: readonly Application[] = [
  {
    name: "server on node:http",
    language: "nodejs",
    kind: "server",
    command: script("http.js"),
    injection: {},
    paths: ["/ok", "/warn", "/boom"],
    ready: { line: /^listening$/, count: 1 },
    requests: { kind: "server", count: 3 },
    everyCollector: true,
  },
  {
    name: "Express with a handler of SIGTERM",
    language: "nodejs",
    kind: "server",
    command: script("express.js"),
    annotationIsEnough: true,
    injection: {},
    paths,
    ready: { line: /^listening$/, count: 1 },
    requests: { kind: "server", count: paths.length },
  },
  {
    name: "Fastify",
    language: "nodejs",
    kind: "server",
    command: script("fastify.js"),
    injection: {},
    paths,
    ready: { line: /Server listening/, count: 1 },
    requests: { kind: "server", count: paths.length },
  },
  {
    name: "ES module on node:http",
    language: "nodejs",
    kind: "server",
    command: script("esModule.mjs"),
    injection: { nodejs: { loaderHook: true } },
    paths: ["/ok", "/other"],
    ready: { line: /^listening$/, count: 1 },
    requests: { kind: "server", count: 2 },
  },
  {
    name: "npm start",
    language: "nodejs",
    kind: "server",
    command: () => ["npm", "start", "--prefix", "npmStart"],
    injection: {},
    paths: ["/ok"],
    ready: { line: /^listening$/, count: 1 },
    requests: { kind: "server", count: 1 },
  },
  {
    name: "cluster of three workers",
    language: "nodejs",
    kind: "server",
    command: script("cluster.js"),
    injection: {},
    paths: ["/ok", "/other"],
    ready: { line: /^all listen$/, count: 1 },
  },
  {
    name: "script",
    language: "nodejs",
    kind: "job",
    command: script("script.js"),
    annotationIsEnough: true,
    injection: {},
    ready: { line: /^done$/, count: 1 },
    requests: { kind: "client", count: 1 },
    everyCollector: true,
  },
];

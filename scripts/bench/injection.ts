import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { ensureNodePackages } from "../../sandbox/telemetry/node.ts";
import {
  ensureInjectedPackages,
  ensureVirtualEnvironment,
  type Python,
  sitePackages,
} from "../../sandbox/telemetry/python.ts";
import { sampleApiSitePackages } from "../../catalog/names.ts";
import { sampleApiInjection } from "../../components/api/sampleApi.ts";
import type { ApplicationLanguage } from "../../review/injection/application.ts";
import { javaEnvironment, nodejsEnvironment } from "../../review/injection/environments.ts";
import { OtlpSink } from "../../review/injection/otlpSink.ts";
import { annotatedPod, applicationPod, injectedVariables, writeMounted } from "../../review/injection/pod.ts";
import { nextPort } from "../../review/injection/port.ts";
import { findPythons, minorVersion } from "../../review/injection/pythons.ts";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { median } from "./apiLatency.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { injectionTable, type Variant } from "./injectionTable.ts";
import { measureServer, type ProcessFigures, type Server } from "./processFigures.ts";

/** Measures what injection costs, side by side: without it, as at commit 06fdc80, and now. `--write` puts it into the docs. */

const ROUNDS = 7;
const REQUESTS = 500;

const paths = sandboxPaths();
const report = createReport();
const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-bench-"));
const sink = await OtlpSink.start("there");
const cleanUp = cleanUpOnce(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A server, and how it is injected. */
interface Subject {
  readonly name: string;
  readonly language: ApplicationLanguage;
  readonly injection: Parameters<typeof applicationPod>[0]["injection"];
  readonly server: Omit<Server, "url"> & { readonly path: string };
  readonly packages: string;
  readonly places: Readonly<Record<string, string>>;
}

/** @param write put the table into docs/injection.md */
export async function benchInjection(write: boolean): Promise<Findings> {
  try {
    const rows: [string, Record<Variant, ProcessFigures>][] = [];
    for (const subject of [await pythonApi(), await express(), await jdkServer()]) {
      rows.push([subject.name, await measure(subject)]);
    }
    const table = injectionTable(rows, { rounds: ROUNDS, requests: REQUESTS });
    if (write) writeBlock(path.join(paths.project, "docs/injection.md"), "injection-cost", table);
    return { text: table, json: { servers: Object.fromEntries(rows) } };
  } finally {
    await cleanUp();
  }
}

/** Round by round, so that all meet the same machine. */
async function measure(subject: Subject): Promise<Record<Variant, ProcessFigures>> {
  const environments: Record<Variant, Record<string, string>> = {
    without: {},
    before: asBefore(await injected(subject, true)),
    now: await injected(subject, false),
  };
  const seen: Record<Variant, ProcessFigures[]> = { without: [], before: [], now: [] };
  const variants = Object.keys(seen) as Variant[];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const variant of variants) {
      const port = await nextPort();
      const command = subject.server.command.map((word) => word.replace("$PORT", String(port)));
      const env = { ...subject.server.env, ...environments[variant], PORT: String(port) };
      const url = `http://127.0.0.1:${port}${subject.server.path}`;
      const figures = await measureServer({ ...subject.server, command, env, url }, REQUESTS);
      // The first round fills the file system's cache.
      if (round > 0) seen[variant].push(figures);
    }
  }
  const middle = (variant: Variant): ProcessFigures => ({
    start: median(seen[variant].map(({ start }) => start)),
    memory: median(seen[variant].map(({ memory }) => memory)),
    cpu: median(seen[variant].map(({ cpu }) => cpu)),
  });
  return { without: middle("without"), before: middle("before"), now: middle("now") };
}

async function injected(subject: Subject, annotated: boolean): Promise<Record<string, string>> {
  const { language, injection, packages, places, server } = subject;
  const pod = annotated
    ? annotatedPod({ language }, server.env)
    : await applicationPod({ language, injection }, server.env);
  const files = path.join(folder, `files-${language}`);
  writeMounted(pod, files);
  const collector = { endpoint: sink.url, interval: 60 };
  return injectedVariables({ language }, pod, collector, { packages, files, more: places });
}

/** What the Instrumentation did not set at commit 06fdc80. */
function asBefore(env: Readonly<Record<string, string>>): Record<string, string> {
  const added = [
    ...["OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "OTEL_PYTHON_LOG_AUTO_INSTRUMENTATION"],
    "OTEL_PYTHON_DJANGO_INSTRUMENT",
  ];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !added.includes(name)));
}

/** The sample API on the Python of its image, or the newest there is. */
async function pythonApi(): Promise<Subject> {
  const pythons = await findPythons();
  const newest = pythons.at(-1);
  const python: Python | undefined = pythons.find((each) => minorVersion(each) === 13) ?? newest;
  if (python === undefined || newest === undefined) throw new Error("a Python with venv is needed");
  const lock = path.join(paths.project, "apps/python-api/requirements.lock");
  const runtime = await ensureVirtualEnvironment(lock, python, paths, report);
  // As the operator's init container does: files that are copied are newer than what was compiled of them.
  const packages = path.join(folder, "python");
  cpSync(await ensureInjectedPackages(newest, paths, report), packages, { recursive: true });
  const uvicorn = path.join(path.dirname(runtime), "uvicorn");
  return {
    name: `python-api, Python ${python.version}`,
    language: "python",
    injection: { python: sampleApiInjection },
    server: {
      command: [runtime, uvicorn, "python_api.main:app", "--host", "127.0.0.1", "--port", "$PORT"],
      cwd: path.join(paths.project, "apps/python-api"),
      env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1", UPSTREAM_URL: "http://127.0.0.1:1/" },
      path: "/items/1",
    },
    packages,
    places: { [sampleApiSitePackages]: sitePackages(runtime, python) },
  };
}

async function express(): Promise<Subject> {
  const environment = await nodejsEnvironment(path.join(folder, "nodejs"), paths, report);
  return {
    name: `Express, Node.js ${process.versions.node}`,
    language: "nodejs",
    injection: {},
    server: {
      command: [environment.runtime, "express.js"],
      cwd: environment.folder,
      env: { NODE_ENV: "production" },
      path: "/ok",
    },
    packages: await ensureNodePackages(paths, report),
    places: {},
  };
}

async function jdkServer(): Promise<Subject> {
  const own = path.join(folder, "java");
  mkdirSync(own);
  const { runtime, packages, program } = await javaEnvironment(own, paths, report);
  return {
    name: "the JDK's server, Java",
    language: "java",
    injection: {},
    server: { command: [runtime, "-cp", program("classes"), "Server"], cwd: own, env: {}, path: "/ok" },
    packages,
    places: {},
  };
}

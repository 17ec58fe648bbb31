import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { spanMetricsExporter } from "../../components/telemetry/metricKinds.ts";
import type { Findings } from "../../cli/command.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import type { LiveObjects } from "../../sandbox/telemetry/liveObjects.ts";
import { portsFrom } from "../../sandbox/telemetry/loopback.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { collector, type ProgramInputs, sampleApi, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { ensurePython } from "../../sandbox/telemetry/python.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { stackObjects } from "./renderedObjects.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { measureLatency, median } from "./apiLatency.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { type LoadFigures, type LoadTarget, measureLoad } from "./collectorLoad.ts";
import { bareConfig } from "./collectorVariants.ts";
import { sinkProgram } from "./sink.ts";

/** Measures the collector and the instrumented API with the stack's own configuration. Figures only: nothing is judged. */

const ports = portsFrom(21_220);
const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-bench-"));
const paths = sandboxPaths();
const report = createReport();
const tools = await ensureTools([...telemetryTools, "telemetrygen"], paths, report);
const python = await ensurePython(paths, report);

/** Seconds of load, and of each step on the way to the highest rate. */
const LOAD_SECONDS = 30;
const STEP_SECONDS = 10;
/** Spans per second that are not gone beyond. */
const HIGHEST_RATE = 60_000;
const LATENCY_SECONDS = 10;
const ROUNDS = 3;

const cleanUp = cleanUpOnce(async () => {
  await stopPrograms(folder, silentReport);
  rmSync(folder, { recursive: true, force: true });
});

/** What a collector with one configuration holds. */
interface CollectorFigures {
  readonly name: string;
  readonly load: LoadFigures;
  /** Highest rate with nothing dropped, in spans a second. */
  readonly highestRate: number;
}

/** Medians of the sample API's answers: milliseconds, and requests a second. */
interface ApiFigures {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly rate: number;
}

export async function benchTelemetry(): Promise<Findings> {
  try {
    const stack = stackObjects();
    const bare = stackObjects();
    bare.collector.spec.config = bareConfig(bare.collector.spec.config, {});
    const collectors = [
      await measureCollector("otlp -> batch -> otlp", bare),
      await measureCollector("the stack's config", stack),
    ];
    const apis = await measureApis();
    return {
      text: [...collectors.flatMap(collectorLines), ...apis.map(apiLine)].join("\n"),
      json: { collectors, apis },
    };
  } finally {
    await cleanUp();
  }
}

function inputs(objects: LiveObjects): ProgramInputs {
  return { objects, ports, tools, python, project: paths.project, folder };
}

async function measureCollector(name: string, objects: LiveObjects): Promise<CollectorFigures> {
  const program = collector(inputs(objects));
  const metrics = `http://127.0.0.1:${ports.collector[8892] ?? 0}/metrics`;
  const exportsMetrics = spanMetricsExporter.exporter in objects.collector.spec.config.exporters;
  const ready = exportsMetrics ? program.ready : [`http://127.0.0.1:${ports.collector[8888] ?? 0}/metrics`];
  await startPrograms([sinkProgram(tools.otelcol, folder, ports.jaeger), { ...program, ready }], folder, silentReport);
  const target: LoadTarget = {
    pid: readRecords(folder).find((record) => record.name === "collector")?.pid ?? 0,
    endpoint: `127.0.0.1:${ports.collector[4317] ?? 0}`,
    self: `http://127.0.0.1:${ports.collector[8888] ?? 0}`,
    sink: `http://127.0.0.1:${ports.jaeger[8888] ?? 0}`,
    ...(exportsMetrics ? { scraped: metrics } : {}),
    telemetrygen: tools.telemetrygen,
  };
  const load = await measureLoad(target, 10_000, LOAD_SECONDS);
  const figures = { name, load, highestRate: await highestRate(target) };
  await stopPrograms(folder, silentReport);
  return figures;
}

/** Goes up in steps until spans are dropped, or the generators on the same machine no longer give what they are asked for. */
async function highestRate(target: LoadTarget): Promise<number> {
  let held = 0;
  for (let rate = 10_000; rate <= HIGHEST_RATE; rate += 10_000) {
    const figures = await measureLoad(target, rate, STEP_SECONDS);
    if (figures.dropped > 0) break;
    held = Math.max(held, figures.rate);
    if (figures.rate < 0.9 * rate) break;
  }
  return held;
}

function collectorLines({ name, load, highestRate: highest }: CollectorFigures): string[] {
  const { rate, cpu, peakMemory, dropped } = load;
  return [
    `${name}: ${Math.round(rate)} spans/s, ${cpu.toFixed(1)} % of a core, peak ${peakMemory.toFixed(0)} MiB, ${dropped} spans dropped`,
    `${name}: highest rate with nothing dropped: ${Math.round(highest)} spans/s`,
  ];
}

function apiLine({ name, p50, p99, rate }: ApiFigures): string {
  return `python-api ${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${rate.toFixed(0)} requests/s`;
}

/** The API instrumented with every trace, with the stack's share, and not at all; round by round, so that all meet the same. */
async function measureApis(): Promise<ApiFigures[]> {
  const all = stackObjects({ instrumentation: JSON.stringify({ samplingRatio: 1 }) });
  const share = stackObjects();
  const instrumented = sampleApi(inputs(all));
  const variants: [string, Program][] = [
    ["not instrumented", { ...instrumented, env: { PYTHONDONTWRITEBYTECODE: "1" } }],
    [`instrumented, ratio ${share.instrumentation.spec.sampler.argument}`, sampleApi(inputs(share))],
    ["instrumented, ratio 1", instrumented],
  ];
  const seen = new Map(variants.map(([name]) => [name, [] as Awaited<ReturnType<typeof measureLatency>>[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, program] of variants) {
      await startPrograms(
        [sinkProgram(tools.otelcol, folder, ports.jaeger), collector(inputs(all)), program],
        folder,
        silentReport,
      );
      const url = `http://127.0.0.1:${ports.app}/items/1`;
      await measureLatency(url, 2);
      seen.get(name)?.push(await measureLatency(url, LATENCY_SECONDS));
    }
  }
  return [...seen].map(([name, figures]) => {
    const of = (key: "rate" | "p50" | "p99") => median(figures.map((figure) => figure[key]));
    return { name, p50: of("p50"), p99: of("p99"), rate: of("rate") };
  });
}

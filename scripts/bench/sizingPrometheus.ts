import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dump } from "js-yaml";
import { poll } from "../../cli/poll.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { startPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { platformRules } from "../../rules/index.ts";
import { localPort } from "../../sandbox/telemetry/loopback.ts";
import { prometheus as prometheusProgram, type ProgramInputs } from "../../sandbox/telemetry/programs.ts";
import { parseSettings } from "../../settings/read.ts";
import { collectorMetric } from "./collectorMetrics.ts";
import { bytesBelow } from "./diskBytes.ts";
import { MemoryWatch } from "./memory.ts";
import { pastSamples, scrapeMilliseconds, SizingSeries } from "./sizingSeries.ts";

/** What a Prometheus takes for the series of some services. */
export interface PrometheusFigures {
  readonly services: number;
  /** Active series, recorded ones among them. */
  readonly series: number;
  /** Of them those that name a pod, and those that the Collector makes of spans. */
  readonly ofPods: number;
  readonly ofSpans: number;
  /** MiB at the most, without files that the kernel may drop. */
  readonly peak: number;
  /** MiB that are in use after a collection of garbage. */
  readonly collected: number;
  /** Bytes of a sample in a block of two hours, and in the write-ahead log. */
  readonly blockBytes: number;
  readonly walBytes: number;
}

/** What is measured. */
export interface PrometheusArgs {
  readonly inputs: ProgramInputs;
  readonly services: number;
  /** What the Collector shows of one service, by its port in the cluster. */
  readonly examples: Readonly<Record<number, string>>;
}

/** Time between two scrapes here: samples are as far apart as in the stack, but come faster. */
const fastScrape = "2s";
/** Every rule is evaluated twice in this time, since no group waits longer than a minute here. */
const rulesMilliseconds = 150_000;
/** Samples that a series has at least: those that rules record are there for the last minutes only. */
const leastSamples = 0.9 * pastSamples;
/** Samples of a series in a block of two hours. */
const samplesInBlock = 7_200_000 / scrapeMilliseconds;

/** Fills a Prometheus with an hour of samples, lets it evaluate all rules, and has it write a block. */
export async function measurePrometheus({ inputs, services, examples }: PrometheusArgs): Promise<PrometheusFigures> {
  const { folder, ports } = inputs;
  mkdirSync(folder, { recursive: true });
  const endpoints = Object.entries(examples).map(([port, example]) => ({
    port: localPort(ports.collector, Number(port)),
    series: new SizingSeries(example, services, Date.now()),
  }));
  const servers = await Promise.all(endpoints.map(({ port, series }) => serve(port, series)));
  try {
    const program = prometheusProgram(measured(inputs));
    await startPrograms([{ ...program, args: [...program.args, "--web.enable-admin-api"] }], folder, silentReport);
    const pid = readRecords(folder).find(({ name }) => name === "prometheus")?.pid ?? 0;
    const watch = new MemoryWatch(pid);
    try {
      const isFilled = () => endpoints.every(({ series }) => series.isPresent(Date.now()));
      if (!(await poll(isFilled, 900_000, 1000))) throw new Error("Prometheus has not caught up within 15 minutes");
      const walBytes =
        bytesBelow(path.join(folder, "prometheus/wal")) /
        (await collectorMetric(program.url, "prometheus_tsdb_head_samples_appended_total"));
      await sleep(rulesMilliseconds);
      const counts = await countSeries(program.url, services);
      await fetch(`${program.url}/debug/pprof/heap?gc=1`).then((answer) => answer.arrayBuffer());
      const collected = (await collectorMetric(program.url, "go_memstats_heap_alloc_bytes")) / 2 ** 20;
      const blockBytes = await writeBlock(program.url, path.join(folder, "prometheus"));
      return { services, ...counts, peak: watch.peak, collected, blockBytes, walBytes };
    } finally {
      watch.end();
    }
  } finally {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

async function serve(port: number, series: SizingSeries): Promise<Server> {
  const server = createServer((_, response) => {
    response.on("finish", () => {
      series.taken();
    });
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(series.next(Date.now()));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/**
 * With scrapes that come faster, and all rules of the stack: whoever would wait longer than a minute is called each minute. A scrape that
 * comes late ends no series: the mark for that would be of the present, and samples of the past would be refused after it.
 */
function measured({ objects, ...inputs }: ProgramInputs): ProgramInputs {
  const { metadata, spec } = objects.prometheus;
  const rules = Object.entries(platformRules(parseSettings({}))).map(([name, groups]) => [
    `${name}.yaml`,
    dump({ groups: groups.map((group) => ({ ...group, interval: "1m" })) }),
  ]);
  const monitors = objects.monitors.map((monitor) => ({
    ...monitor,
    spec: {
      ...monitor.spec,
      endpoints: monitor.spec.endpoints.map((endpoint) => ({ ...endpoint, trackTimestampsStaleness: false })),
    },
  }));
  return {
    ...inputs,
    objects: {
      ...objects,
      monitors,
      prometheus: { metadata, spec: { ...spec, scrapeInterval: fastScrape } },
      rules: Object.fromEntries(rules) as Record<string, string>,
    },
  };
}

/** @throws when rules have recorded nothing. */
async function countSeries(url: string, services: number) {
  const recorded = await query(url, 'count({__name__=~"service:.+", service_name!=""})');
  if (recorded < services) throw new Error(`rules recorded ${recorded} series of ${services} services`);
  return {
    series: await collectorMetric(url, "prometheus_tsdb_head_series"),
    ofPods: await query(url, 'count({service_name!="", k8s_pod_name!=""})'),
    ofSpans: await query(url, 'count({__name__=~"traces_.+"})'),
  };
}

/**
 * Has it write what it holds as a block, and says how many bytes a sample takes there.
 *
 * @throws when it holds less than an hour
 */
async function writeBlock(url: string, data: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/admin/tsdb/snapshot`, { method: "POST" });
  const { data: written } = (await answer.json()) as { data: { name: string } };
  const folder = path.join(data, "snapshots", written.name);
  const [block = ""] = readdirSync(folder);
  const meta = readFileSync(path.join(folder, block, "meta.json"), "utf8");
  const { stats } = JSON.parse(meta) as { stats: { numSamples: number; numSeries: number } };
  const each = stats.numSamples / stats.numSeries;
  if (each < leastSamples)
    throw new Error(`Prometheus has ${each.toFixed(0)} samples of a series: scrapes came too late`);
  const index = bytesBelow(path.join(folder, block, "index")) / (stats.numSeries * samplesInBlock);
  return bytesBelow(path.join(folder, block, "chunks")) / stats.numSamples + index;
}

/** The only value of an expression. */
async function query(url: string, expression: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`);
  const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1] ?? 0);
}

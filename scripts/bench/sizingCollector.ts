import { setTimeout as sleep } from "node:timers/promises";
import { ports } from "../../catalog/names.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { localPort } from "../../sandbox/telemetry/loopback.ts";
import { collector, type ProgramInputs } from "../../sandbox/telemetry/programs.ts";
import { measureLoad } from "./collectorLoad.ts";
import { MemoryWatch } from "./memory.ts";
import { processorSeconds } from "./processFigures.ts";
import { sinkProgram } from "./sink.ts";
import { exampleService } from "./sizingSeries.ts";
import { type SendingService, sendMetrics, sendSpans } from "./sizingService.ts";

/** What a Collector takes. */
export interface CollectorFigures {
  /** Seconds of a processor for 10,000 spans, and MiB at the most while it takes 10,000 a second. */
  readonly spanCpu: number;
  readonly spanMemory: number;
  /** MiB at the most with so many series of applications in it, which are sent and scraped. */
  readonly held: readonly { readonly series: number; readonly memory: number }[];
  /** Seconds of a processor for 10,000 series that are sent once and scraped twice, as in a minute. */
  readonly seriesCpu: number;
}

/** What the Collector shows to Prometheus of applications, by port. */
export type Shown = Readonly<Record<number, string>>;

const shownPorts = [
  ports.collectorHistograms,
  ports.collectorCounters,
  ports.collectorGauges,
  ports.collectorSpanMetrics,
];
/** Services whose metrics it holds, one number after the other. */
const numbers = [10, 40];
/** Exports of each number of services. */
const exports = 6;

/** Has the Collector make series of one service, and says what it shows of them. */
export async function showExample(inputs: ProgramInputs, pods: number): Promise<Shown> {
  const url = await start(inputs);
  try {
    const service: SendingService = { collector: url, name: exampleService, pods, began: Date.now() };
    await sendSpans(service);
    // Until span metrics are there.
    await sleep(17_000);
    await sendMetrics(service);
    return await scrape(inputs);
  } finally {
    await stopPrograms(inputs.folder, silentReport);
  }
}

/** Sends spans, then metrics of more and more services, each time to a Collector that has just begun. */
export async function measureCollector(
  inputs: ProgramInputs,
  telemetrygen: string,
  pods: number,
): Promise<CollectorFigures> {
  const { folder, ports: local } = inputs;
  const pidOf = () => readRecords(folder).find(({ name }) => name === "collector")?.pid ?? 0;
  try {
    await start(inputs);
    const spans = await measureLoad(
      {
        ...{ pid: pidOf(), endpoint: `127.0.0.1:${localPort(local.collector, ports.otlpGrpc)}` },
        self: `http://127.0.0.1:${localPort(local.collector, ports.collectorSelf)}`,
        sink: `http://127.0.0.1:${localPort(local.jaeger, ports.collectorSelf)}`,
        scraped: `http://127.0.0.1:${localPort(local.collector, ports.collectorSpanMetrics)}/metrics`,
        telemetrygen,
      },
      10_000,
      30,
    );
    const held: { series: number; memory: number; cpu: number }[] = [];
    for (const services of numbers) {
      await stopPrograms(folder, silentReport);
      const url = await start(inputs);
      const pid = pidOf();
      const watch = new MemoryWatch(pid);
      const began = Date.now();
      const before = processorSeconds(pid);
      let series = 0;
      for (let time = 0; time < exports; time++) {
        for (let service = 0; service < services; service++)
          await sendMetrics({ collector: url, name: `service-${service}`, pods, began });
        for (let scrapes = 0; scrapes < 2; scrapes++) series = linesOf(await scrape(inputs));
      }
      watch.end();
      const cpu = ((processorSeconds(pid) - before) / exports / series) * 10_000;
      held.push({ series, memory: watch.peak, cpu });
    }
    return {
      ...{ spanCpu: (spans.cpu / 100 / spans.rate) * 10_000, spanMemory: spans.peakMemory },
      ...{ held, seriesCpu: held.at(-1)?.cpu ?? 0 },
    };
  } finally {
    await stopPrograms(folder, silentReport);
  }
}

async function start(inputs: ProgramInputs): Promise<string> {
  const { folder, ports: local, tools } = inputs;
  const program = collector(inputs);
  await startPrograms([sinkProgram(tools.otelcol, folder, local.jaeger), program], folder, silentReport);
  return program.url;
}

async function scrape({ ports: local }: ProgramInputs): Promise<Shown> {
  const shown = shownPorts.map(async (port): Promise<[number, string]> => {
    const answer = await fetch(`http://127.0.0.1:${localPort(local.collector, port)}/metrics`);
    return [port, await answer.text()];
  });
  return Object.fromEntries(await Promise.all(shown));
}

function linesOf(shown: Shown): number {
  const lines = Object.values(shown).flatMap((text) => text.split("\n"));
  return lines.filter((line) => line !== "" && !line.startsWith("#")).length;
}

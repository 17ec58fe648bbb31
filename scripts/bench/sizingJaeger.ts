import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ports } from "../../catalog/names.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { localPort } from "../../sandbox/telemetry/loopback.ts";
import { jaeger, type ProgramInputs } from "../../sandbox/telemetry/programs.ts";
import { type LoadTarget, measureLoad } from "./collectorLoad.ts";
import { collectorMetric } from "./collectorMetrics.ts";
import { bytesBelow } from "./diskBytes.ts";
import { MemoryWatch } from "./memory.ts";

/** What a Jaeger with Badger takes. */
export interface JaegerFigures {
  /** Of each rate with none refused, the last one the highest: spans per second, seconds of a processor for 10,000 of them, and MiB at the most so far. */
  readonly rates: readonly { readonly rate: number; readonly cpu: number; readonly memory: number }[];
  /** Bytes of a span on the volume. */
  readonly spanBytes: number;
}

/** Spans per second that are tried, one after the other. */
const tried = [1000, 5000, 10_000, 20_000, 40_000];
const loadSeconds = 20;
/** What is less than this times the rate before is no more: Jaeger takes spans as fast as it writes them. */
const more = 1.2;

/** Attributes as a server's span of the HTTP conventions has them. */
const attributes = {
  "http.request.method": "GET",
  "http.response.status_code": "200",
  "http.route": "/api/v1/things/{thing}",
  "url.path": "/api/v1/things/4711",
  "url.query": "currency=EUR&page=1&sort=price",
  "url.scheme": "http",
  "server.address": "things.shop.svc.cluster.local",
  "server.port": "8080",
  "client.address": "10.42.17.3",
  "network.protocol.version": "1.1",
  "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "k8s.pod.name": "things-7d9f8b6c5-x2x4z",
};

/** Sends more and more spans to a Jaeger on an empty volume, until it no longer keeps up. */
export async function measureJaeger(inputs: ProgramInputs, telemetrygen: string): Promise<JaegerFigures> {
  const { folder, ports: local } = inputs;
  await startPrograms([jaeger(inputs)], folder, silentReport);
  const pid = readRecords(folder).find(({ name }) => name === "jaeger")?.pid ?? 0;
  const watch = new MemoryWatch(pid);
  try {
    const self = `http://127.0.0.1:${localPort(local.jaeger, ports.collectorSelf)}`;
    const endpoint = `127.0.0.1:${localPort(local.jaeger, ports.otlpGrpc)}`;
    const written = "otelcol_exporter_sent_spans_total";
    const target: LoadTarget = { pid, endpoint, self, sink: self, arrived: written, telemetrygen, attributes };
    const rates: { rate: number; cpu: number; memory: number }[] = [];
    for (const asked of tried) {
      const { rate, cpu, dropped } = await measureLoad(target, asked, loadSeconds);
      const isMore = rate > more * Math.max(0, ...rates.map((held) => held.rate));
      if (dropped > 0 || !isMore) break;
      rates.push({ rate, cpu: (cpu / 100 / rate) * 10_000, memory: watch.peak });
    }
    watch.end();
    // What is in memory goes to the volume when it ends.
    await sleep(3000);
    const spans = await collectorMetric(self, written);
    await stopPrograms(folder, silentReport);
    const spanBytes = bytesBelow(path.join(folder, "jaeger")) / spans;
    return { rates, spanBytes };
  } finally {
    watch.end();
    await stopPrograms(folder, silentReport);
  }
}

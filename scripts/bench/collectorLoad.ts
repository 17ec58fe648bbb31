import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { collectorMetric } from "./collectorMetrics.ts";
import { peakMemory } from "./memory.ts";
import { processorSeconds } from "./processFigures.ts";

/** A running collector, what it sends to, and the generator of spans. */
export interface LoadTarget {
  pid: number;
  /** host:port of its OTLP/gRPC receiver. */
  endpoint: string;
  /** Base URLs of the own metrics of the collector and of the one behind it. */
  self: string;
  sink: string;
  /** Counter of the one behind it that says what arrived. @default "otelcol_receiver_accepted_spans_total" */
  arrived?: string;
  /** Attributes of every span besides the generator's own. @default {} */
  attributes?: Readonly<Record<string, string>>;
  /** Base URL of what Prometheus would scrape; undefined when there is nothing. */
  scraped?: string;
  telemetrygen: string;
}

/** What a collector took for a load. */
export interface LoadFigures {
  /** Spans per second that it accepted. */
  rate: number;
  /** Percent of one core. */
  cpu: number;
  /** MiB. */
  peakMemory: number;
  /** Spans that were refused, or accepted and not there behind it. */
  dropped: number;
}

/** Spans per second of one generator: it drops spans itself when asked for more. */
const GENERATOR_RATE = 10_000;
/** Spans per second of one of its workers, which pauses after each span: shorter pauses come out too long. */
const WORKER_RATE = 500;
const SCRAPE_MS = 5000;

/** Sends spans for some seconds and measures the collector. */
export async function measureLoad(target: LoadTarget, rate: number, seconds: number): Promise<LoadFigures> {
  const before = await counters(target);
  const cpuBefore = processorSeconds(target.pid);
  const started = performance.now();
  const scraping = target.scraped === undefined ? undefined : setInterval(scrape, SCRAPE_MS, target.scraped);
  const count = Math.ceil(rate / GENERATOR_RATE);
  const generators = Array.from({ length: count }, (_, index) => generate(target, rate / count, seconds, index));
  await Promise.all(generators);
  const elapsed = (performance.now() - started) / 1000;
  const cpu = processorSeconds(target.pid) - cpuBefore;
  clearInterval(scraping);
  // What is still in a batch or the queue goes out within a second or two.
  await sleep(3000);
  const after = await counters(target);
  const accepted = after.accepted - before.accepted;
  return {
    rate: accepted / elapsed,
    cpu: (cpu / elapsed) * 100,
    peakMemory: peakMemory(target.pid) ?? 0,
    dropped: after.refused - before.refused + accepted - (after.arrived - before.arrived),
  };
}

async function generate(target: LoadTarget, rate: number, seconds: number, index: number): Promise<void> {
  const args = ["traces", "--otlp-insecure", "--otlp-endpoint", target.endpoint, "--service", `bench-${index}`];
  const workers = Math.ceil(rate / WORKER_RATE);
  const load = ["--workers", String(workers), "--rate", String(rate / workers), "--duration", `${seconds}s`];
  const attributes = Object.entries(target.attributes ?? {}).flatMap(([key, value]) => [
    "--telemetry-attributes",
    `${key}="${value}"`,
  ]);
  const all = [...args, ...load, ...attributes, "--allow-export-failures"];
  const child = spawn(target.telemetrygen, all, { stdio: "ignore" });
  await once(child, "exit");
}

async function counters(target: LoadTarget): Promise<{ accepted: number; refused: number; arrived: number }> {
  return {
    accepted: await collectorMetric(target.self, "otelcol_receiver_accepted_spans_total"),
    refused: await collectorMetric(target.self, "otelcol_receiver_refused_spans_total"),
    arrived: await collectorMetric(target.sink, target.arrived ?? "otelcol_receiver_accepted_spans_total"),
  };
}

function scrape(url: string): void {
  // A failed scrape would show in the figures of the collector, not here.
  void fetch(url, { headers: { accept: "application/openmetrics-text" } })
    .then((response) => response.arrayBuffer())
    .catch(() => undefined);
}

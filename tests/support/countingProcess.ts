import { setTimeout as sleep } from "node:timers/promises";
import type { Attributes } from "../../scripts/bench/otlpJson.ts";
import { sendMetrics } from "./otlp.ts";
import { requestHistogram } from "./requestHistogram.ts";
import { seededRandom } from "./seededRandom.ts";

/**
 * A program that counts made-up requests as a server does, and exports them each second. At a SIGTERM it exports once more and ends. What
 * an export that was taken holds is a line of its output: what a killed process had counted since is in none.
 */

/** What it is started with, as JSON in its only argument. */
export interface CountingProcess {
  /** Base URLs of receivers of OTLP/HTTP. It sends to the first one, and to the next when that does not answer. */
  readonly collectors: readonly string[];
  /** Each export goes to the next of them, as where nothing binds a client to a server. @default false */
  readonly inTurns?: boolean;
  readonly resource: Attributes;
  /** Requests. */
  readonly perSecond: number;
  /** Share of them that fails, 0 to 1. */
  readonly failing: number;
  readonly seed: number;
  /** Milliseconds by which its clock is wrong. @default 0 */
  readonly clock?: number;
}

/** A line of its output. */
export interface Counted {
  readonly requests: number;
  readonly failed: number;
}

const EXPORT_MS = 1000;
const TICK_MS = 50;

const {
  collectors,
  inTurns = false,
  resource,
  perSecond,
  failing,
  seed,
  clock = 0,
} = JSON.parse(process.argv[2] ?? "") as CountingProcess;
const random = seededRandom(seed);
const began = Date.now();
let current = 0;
const counted = { requests: 0, failed: 0 };
let ending = false;
const isEnding = () => ending;
process.once("SIGTERM", () => {
  ending = true;
});

for (let exported = began; !isEnding();) {
  await sleep(TICK_MS);
  count();
  if (Date.now() - exported < EXPORT_MS) continue;
  exported = Date.now();
  // What is lost on its way is in the next one.
  await exportAll().catch(() => undefined);
}
count();
for (let attempt = 0; attempt < 20; attempt++) {
  if (await exportAll().catch(() => false)) break;
  await sleep(EXPORT_MS / 2);
}

function count(): void {
  const due = Math.floor((perSecond * (Date.now() - began)) / 1000);
  for (; counted.requests < due; counted.requests++) if (random() < failing) counted.failed++;
}

async function exportAll(): Promise<boolean> {
  const { requests, failed } = counted;
  if (requests === 0) return true;
  // A status that no answer had yet is in no export.
  const byStatus: Record<number, number> = {};
  if (requests > failed) byStatus[200] = requests - failed;
  if (failed > 0) byStatus[500] = failed;
  const metric = { ...requestHistogram(began + clock, byStatus), time: Date.now() + clock };
  const receiver = collectors[current % collectors.length] ?? "";
  if (inTurns) current++;
  try {
    await sendMetrics(receiver, resource, [metric]);
  } catch (error) {
    if (!inTurns) current++;
    throw error;
  }
  process.stdout.write(`${JSON.stringify({ requests, failed } satisfies Counted)}\n`);
  return true;
}

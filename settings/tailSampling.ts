import { z } from "zod";
import { integer, memoryLimit } from "./bounds.ts";
import type { Settings } from "./schema.ts";

/** What the settings of tail sampling look like. */

export const tailSamplingSchema = z.strictObject({
  /**
   * Decide on whole traces which are kept, in a second tier of collectors; those with an error always are. Needs
   * `instrumentation.samplingRatio: 1`. @default false
   */
  enabled: z.boolean().default(false),
  /** Percentage of the other traces that is kept, from 0 to 100. @default 10 */
  keepPercentage: z.number().min(0, "a number from 0 to 100").max(100, "a number from 0 to 100").default(10),
  /** Milliseconds from which on a trace is slow, and always kept. @default 1000 */
  slowMilliseconds: integer(1, 600_000).default(1000),
  /**
   * Seconds from a trace's first span to the decision; its spans are in memory for so long. From 6 on: with less no
   * trace could be slow. @default 30
   */
  waitSeconds: integer(6, 600).default(30),
  /** Pods of the second tier. @default 2 */
  replicas: integer(1, 100).default(2),
  /** Memory limit of one of them; above 50 % of it new spans wait in the first tier. @default "1Gi" */
  memoryLimit: memoryLimit("256Mi").default("1Gi"),
});

/** Seconds that a span waits in an application before it is sent, by OpenTelemetry's specification. */
const exportSeconds = 5;

/** What is wrong between the settings of tail sampling and others, as `[key, problem]`. */
export function tailSamplingConflicts({
  collector: { tailSampling },
  instrumentation: { samplingRatio },
}: Pick<Settings, "collector" | "instrumentation">): [string, string][] {
  const { enabled, slowMilliseconds, waitSeconds } = tailSampling;
  if (!enabled) return [];
  const found: [string, string][] = [];
  if (samplingRatio !== 1) {
    found.push([
      "instrumentation.samplingRatio",
      `is ${samplingRatio}: must be 1 with collector.tailSampling.enabled, which decides on whole traces; set collector.tailSampling.keepPercentage instead`,
    ]);
  }
  const longest = (waitSeconds - exportSeconds) * 1000;
  if (slowMilliseconds > longest) {
    found.push([
      "collector.tailSampling.slowMilliseconds",
      `is ${slowMilliseconds}: must be ${longest} or less with waitSeconds ${waitSeconds}, ` +
        `since the span that says so arrives up to ${exportSeconds} seconds after it ended`,
    ]);
  }
  return found;
}

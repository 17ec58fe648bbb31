import { z } from "zod";
import { distinct, hostForm, integer, memoryLimit } from "./bounds.ts";
import { tailSamplingSchema } from "./tailSampling.ts";

/** What the settings of the Collector look like. */

const origin = z
  .string()
  .refine(isOrigin, "the origin of a page such as https://shop.example.org or https://*.example.org");

/** An origin as browsers name it: without a port that goes without saying, and in small letters. */
function isOrigin(text: string): boolean {
  const page = text.replace("://*.", "://");
  return new RegExp(`^https?://${hostForm}$`).test(page) && URL.canParse(page) && new URL(page).origin === page;
}

export const collectorSchema = z.strictObject({
  /** Pods of the collector; with `maxReplicas` the least of them. @default 1 */
  replicas: integer(1, 100).default(1),
  /** Most pods of the collector, by the load of their processors. @default 0 - no autoscaling */
  maxReplicas: integer(0, 100).default(0),
  /** Memory limit of one pod; above 60 % of it the memory limiter refuses new data. @default "512Mi" */
  memoryLimit: memoryLimit("128Mi").default("512Mi"),
  /** Keep the spans that FastAPI and other ASGI applications make for each message, such as `http send`. @default false */
  messageSpans: z.boolean().default(false),
  /** Origins of pages whose browsers may send OTLP/HTTP. @default [] - none */
  corsOrigins: distinct(origin).default([]),
  /** Which traces are kept, once they are known as a whole. */
  tailSampling: tailSamplingSchema.prefault({}),
  /** Write what passes through to the collector's log. @default false */
  debug: z.boolean().default(false),
});

/** What is wrong between the settings of the Collector, as `[key, problem]`. */
export function collectorConflicts({ replicas, maxReplicas }: z.infer<typeof collectorSchema>): [string, string][] {
  return maxReplicas === 0 || maxReplicas >= replicas
    ? []
    : [["collector.maxReplicas", `is ${maxReplicas}: must be 0, or collector.replicas (${replicas}) or more`]];
}

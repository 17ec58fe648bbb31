import { z } from "zod";
import { maskedByDefault, maskPattern } from "./maskPatterns.ts";
import { memoryLimit, optionalBaseUrl, optionalQuantity } from "./bounds.ts";

/** What the settings of logs look like, and of what is masked. */

export const logsSchema = z.strictObject({
  /** Days after which log lines are deleted. @default "7d" */
  retention: z
    .string()
    .regex(/^[1-9]\d*d$/, "a number of days such as 7d")
    .default("7d"),
  /**
   * Size of the volume. Above four fifths of it the oldest days are deleted, but for the last two. @default "" - no volume: lines go with
   * the pod, which may write 2Gi
   */
  volumeSize: optionalQuantity.default(""),
  /** Memory limit of the store. @default "512Mi" */
  memoryLimit: memoryLimit("128Mi").default("512Mi"),
  /** Memory limit of the agent, of which each node has one. @default "256Mi" */
  agentMemoryLimit: memoryLimit("128Mi").default("256Mi"),
  /**
   * Folder of each node in which the agent keeps how far it has read, and what the store has not taken yet. Empty where no folder of a node
   * may be written: a pod of the agent that is made anew then reads all files again. @default "/var/lib/fluffy-observability"
   */
  nodeFolder: z
    .string()
    .regex(/^(\/(?!\.\.?(\/|$))[\w.-]+)*$/, "empty, or a folder such as /var/lib/logs")
    .default("/var/lib/fluffy-observability"),
  /** Kubernetes events as log records, by the Collector. @default false */
  kubernetesEvents: z.boolean().default(false),
  /** URL for OTLP/HTTP, to which `/v1/logs` is added, of a store elsewhere; none is made here then. @default "" */
  otlpEndpoint: optionalBaseUrl.default(""),
  /** URL of the user interface of a store elsewhere. @default "" */
  url: optionalBaseUrl.default(""),
});

export const maskingSchema = z.strictObject({
  /**
   * What is masked in log records and spans before anything is stored: regular expressions of RE2. What their first two groups hold stays.
   * @default bearer tokens, passwords in URLs, keys of AWS
   */
  patterns: z.array(maskPattern).default([...maskedByDefault]),
});

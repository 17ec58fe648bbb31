import { z } from "zod";
import { integer, optionalQuantity } from "./bounds.ts";
import { mebibytes } from "./quantities.ts";
import type { Settings } from "./schema.ts";

/** What the settings of namespaces of APIs look like. */
export const apiNamespacesSchema = z.strictObject({
  /** Processors that all pods of such a namespace request together. @default "" - no bound */
  cpu: z
    .string()
    .regex(/^([1-9]\d*m?)?$/, "empty, or a number of processors such as 4 or 500m")
    .default(""),
  /** Sum of the memory limits of all pods of such a namespace. @default "" - no bound */
  memory: optionalQuantity.default(""),
  /** Pods of such a namespace. @default 0 - no bound */
  pods: integer(0, 100_000).default(0),
});

/** What a pod of the sample API asks for, and may have. */
export const sampleApiResources = { cpu: "50m", memory: "128Mi", memoryLimit: "256Mi" } as const;

/** Bounds in which the sample API could not be updated, as `[key, problem]`. */
export function quotaConflicts({
  apiNamespaces: { cpu, memory, pods },
  sampleApi: { replicas },
  parts,
}: Pick<Settings, "apiNamespaces" | "sampleApi" | "parts">): [string, string][] {
  if (!parts.sampleApi) return [];
  // A rollout starts a quarter of them before it ends as many of the old ones.
  const most = replicas + Math.ceil(replicas / 4);
  const [leastCpu, leastMemory] = [
    most * millis(sampleApiResources.cpu),
    most * mebibytes(sampleApiResources.memoryLimit),
  ];
  const why = `must hold the ${most} pods of an update of the sample API (sampleApi.replicas is ${replicas})`;
  return [
    ...(cpu !== "" && millis(cpu) < leastCpu ? [conflict("cpu", `is ${cpu}: ${why}, which is ${leastCpu}m`)] : []),
    ...(memory !== "" && mebibytes(memory) < leastMemory
      ? [conflict("memory", `is ${memory}: ${why}, which is ${leastMemory}Mi`)]
      : []),
    ...(pods !== 0 && pods < most ? [conflict("pods", `is ${pods}: ${why}`)] : []),
  ];
}

/** Thousandths of a processor, of `4` or `500m`. */
function millis(cpu: string): number {
  return cpu.endsWith("m") ? Number(cpu.slice(0, -1)) : 1000 * Number(cpu);
}

function conflict(key: string, problem: string): [string, string] {
  return [`apiNamespaces.${key}`, problem];
}

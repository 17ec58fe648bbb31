import type { ResourceRequirements } from "./customResources/common.ts";

/** Processor and memory of a container: what it asks for, and the memory it may not pass. */
export interface ResourceArgs {
  /** CPU request, such as `100m`. There is no CPU limit: throttling would only delay telemetry. */
  readonly cpu: string;
  /** Memory request, such as `128Mi`. */
  readonly memory: string;
  /** Memory limit, such as `512Mi`. */
  readonly memoryLimit: string;
}

/** The resources of a container as Kubernetes wants them. */
export function resourceRequirements(args: ResourceArgs): ResourceRequirements {
  return { requests: { cpu: args.cpu, memory: args.memory }, limits: { memory: args.memoryLimit } };
}

const factors: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 * 1024 };

/**
 * A memory quantity in whole MiB, rounded down.
 *
 * @param quantity such as `512Mi`; its form is checked with the settings
 */
export function mebibytes(quantity: string): number {
  const [, digits = "0", unit = "Mi"] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(quantity) ?? [];
  return Math.floor(Number(digits) * (factors[unit] ?? 1));
}

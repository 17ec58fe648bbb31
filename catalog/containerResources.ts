import { mebibytes } from "../settings/quantities.ts";

/** What Kubernetes wants of a container's resources. */
export interface ResourceRequirements {
  requests?: Record<string, string>;
  limits?: Record<string, string>;
}

/** Processor and memory of a container: what it asks for, and the memory it may not pass. */
export interface ResourceArgs {
  /** CPU request, such as `100m`. There is no CPU limit: throttling would only delay telemetry. */
  readonly cpu: string;
  /** Memory request, such as `128Mi`; a smaller limit lowers it. */
  readonly memory: string;
  /** Memory limit, such as `512Mi`. */
  readonly memoryLimit: string;
}

/** The resources of a container as Kubernetes wants them. */
export function resourceRequirements(args: ResourceArgs): ResourceRequirements {
  const { cpu, memory, memoryLimit } = args;
  // The API server refuses a pod that asks for more than its limit.
  const request = mebibytes(memoryLimit) < mebibytes(memory) ? memoryLimit : memory;
  return { requests: { cpu, memory: request }, limits: { memory: memoryLimit } };
}

/**
 * Makes a Go program collect garbage before it reaches the limit of its container. The OpenTelemetry operator sets it to the whole
 * limit, where the kernel ends the program.
 *
 * @param memoryLimit of the container, such as `512Mi`
 */
export function goMemoryLimit(memoryLimit: string): { name: string; value: string } {
  return { name: "GOMEMLIMIT", value: `${Math.floor(mebibytes(memoryLimit) * 0.8)}MiB` };
}

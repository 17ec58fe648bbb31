import type { KubeClient } from "../kube/client.ts";
import { keptRef, readKept } from "./kept.ts";

/** The outputs of a stack that hold a secret, in clear. */
export async function readSecretOutputs(
  client: KubeClient,
  project: string,
  stack: string,
): Promise<Record<string, unknown>> {
  const kept = await readKept(client, secretOutputsRef(`${project}.${stack}`));
  return JSON.parse(kept?.outputs ?? "{}") as Record<string, unknown>;
}

/** The Secret that holds a stack's secret outputs. */
export function secretOutputsRef(scope: string) {
  return keptRef(scope, "outputs");
}

import { isDeepStrictEqual } from "node:util";
import type { KubeClient } from "../kube/client.ts";
import { writeKept } from "./kept.ts";
import { secretOutputsRef } from "./secretOutputs.ts";
import { plainOutputs } from "./values.ts";

/** A program's outputs as the SDK sends them, secrets marked. */
export type MarkedOutputs = Record<string, unknown>;

/** All outputs as plain data, secrets in clear or as "[secret]". */
export function showOutputs(outputs: MarkedOutputs, showSecrets: boolean): Record<string, unknown> {
  return plainOutputs(outputs, showSecrets) as Record<string, unknown>;
}

/** Keeps those outputs that hold a secret in the cluster: files get them redacted. */
export async function keepSecretOutputs(client: KubeClient, scope: string, outputs: MarkedOutputs): Promise<void> {
  const clear = showOutputs(outputs, true);
  const redacted = showOutputs(outputs, false);
  const secret = Object.keys(clear).filter((name) => !isDeepStrictEqual(clear[name], redacted[name]));
  const ref = secretOutputsRef(scope);
  const values = Object.fromEntries(secret.map((name) => [name, clear[name]]));
  await (secret.length === 0 ? client.delete(ref) : writeKept(client, ref, { outputs: JSON.stringify(values) }));
}

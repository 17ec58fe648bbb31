import { existsSync } from "node:fs";
import path from "node:path";
import { UserError } from "../cli/errors.ts";
import { tryLockFile, type HeldLock } from "../cli/lockFile.ts";

/**
 * Keeps two runs on one state folder apart. The lock of a process that is gone is taken over.
 *
 * @param state the state folder
 * @throws UserError when another run holds it, or the folder cannot be written.
 */
export function acquireLock(state: string): HeldLock {
  refuseForeign(state);
  const file = path.join(state, "lock");
  let result: ReturnType<typeof tryLockFile>;
  try {
    result = tryLockFile(file);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
  if ("release" in result) return result;
  throw new UserError(
    `process ${result.heldBy.pid} is at work in ${state}: wait for it or end it, or use another --state and --port`,
  );
}

/** `down` deletes the first of these: a folder that has them, and none of what a sandbox puts there, is somebody else's. */
function refuseForeign(state: string): void {
  const has = (name: string) => existsSync(path.join(state, name));
  const own = ["lock", "cluster/etcd", "engine/home", "engine/backend", "telemetry/logs", "operators/logs"].some(has);
  const foreign = own ? undefined : ["cluster", "engine", "telemetry", "operators", "kubeconfig"].find(has);
  if (foreign !== undefined)
    throw new UserError(`${path.join(state, foreign)} is not of a sandbox: use another --state`);
}

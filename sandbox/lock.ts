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

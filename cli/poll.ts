import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks until something is so.
 *
 * @param timeout how long at the most, in milliseconds
 * @param pause between two questions, in milliseconds
 * @returns whether it came to be so
 */
export async function poll(isSo: () => Promise<boolean> | boolean, timeout: number, pause: number): Promise<boolean> {
  const deadline = Date.now() + timeout;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await sleep(pause);
  }
  return true;
}

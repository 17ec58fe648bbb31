import { setTimeout as sleep } from "node:timers/promises";

/**
 * Repeats an assertion until it holds.
 *
 * @throws its last error when it does not hold within the time.
 */
export async function eventually(assertion: () => Promise<void>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

/** The same with an assertion that waits for nothing itself. */
export function soon(assertion: () => void, milliseconds: number): Promise<void> {
  return eventually(() => {
    assertion();
    return Promise.resolve();
  }, milliseconds);
}

/** How far back a series is known: it is not new again when scrapes failed, nor when Prometheus was away for a while. */
const memory = "1h";

/**
 * By how much a counter grew, exactly, and from 0 when it is new. Many counters appear with the first failure that they
 * count, and `increase()` does not see that one.
 *
 * @param counter selector of the counter
 * @param window time over which it grew, such as `15m`; the result lasts as long after the last growth
 * @returns an expression that wants parentheses around it
 */
export function growth(counter: string, window: string): string {
  const now = `last_over_time(${counter}[${window}])`;
  const before = `last_over_time(${counter}[${memory}] offset ${window})`;
  // Less than before: its process started anew, and it counts from 0.
  return `${now} - ${before} >= 0 or ${now}`;
}

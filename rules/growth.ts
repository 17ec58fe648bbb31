import { seconds } from "../settings/windows.ts";

/** How far back a series is known: it is not new again when scrapes failed, nor when Prometheus was away for a while. */
const memory = "1h";

/**
 * By how much a counter grew, exactly, and from 0 when it is new. Many counters appear with the first failure that they
 * count, and `increase()` does not see that one.
 *
 * @param counter selector of the counter
 * @param window time over which it grew, such as `15m`; the result lasts as long after the last growth
 * @param ago how long ago the window ended, such as `20m`. @default - now
 * @returns an expression that wants parentheses around it
 */
export function growth(counter: string, window: string, ago?: string): string {
  const at = ago === undefined ? "" : ` offset ${ago}`;
  const from = ago === undefined ? window : `${(seconds(ago) + seconds(window)) / 60}m`;
  const now = `last_over_time(${counter}[${window}]${at})`;
  const before = `last_over_time(${counter}[${memory}] offset ${from})`;
  // Less than before: its process started anew, and it counts from 0.
  return `${now} - ${before} >= 0 or ${now}`;
}

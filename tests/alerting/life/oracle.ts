import { burnRates, seconds } from "../../../settings/windows.ts";
import type { LivingService } from "./service.ts";

/** Whether a budget burns, from what really happened and without any rule of PromQL. */

/** How long what was last known counts while nobody asks, in minutes. */
const knownFor = 360;

/** Fewest bad requests of which anybody is told. */
const fewest = 5;

/** Minutes in which an alert of a severity is right, a little generously: by 3 % of its threshold. */
export function burning(
  service: LivingService,
  of: "failed" | "late",
  severity: "critical" | "warning",
  budget: number,
): Uint8Array {
  const minutes = service.requests.length;
  const all = sums(service.requests);
  const bad = sums(service.requests.map((requests, minute) => requests * (service[of][minute] ?? 0)));
  const right = new Uint8Array(minutes);
  const pairs = burnRates.flatMap((burn) => (burn.severity === severity ? burn.windows : []));
  for (const { long, short, factor } of pairs) {
    const [longMinutes, shortMinutes] = [seconds(long) / 60, seconds(short) / 60];
    const limit = factor * budget * 0.97;
    let known = { at: Number.NEGATIVE_INFINITY, is: false };
    for (let minute = 0; minute < minutes; minute++) {
      const within = (sum: Float64Array, window: number) =>
        (sum[minute + 1] ?? 0) - (sum[Math.max(0, minute + 1 - window)] ?? 0);
      if (within(all, shortMinutes) > 0) {
        const share = (window: number) => within(bad, window) / within(all, window);
        const is =
          share(longMinutes) >= limit && share(shortMinutes) >= limit && within(bad, longMinutes) >= fewest * 0.9;
        known = { at: minute, is };
      }
      if (known.is && minute - known.at <= knownFor) right[minute] = 1;
    }
  }
  return right;
}

/** Sums up to each minute, with a zero before. */
function sums(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length + 1);
  for (const [minute, value] of values.entries()) result[minute + 1] = (result[minute] ?? 0) + value;
  return result;
}

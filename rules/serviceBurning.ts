import type { RecordingRule } from "./rule.ts";
import { series } from "./serviceSeries.ts";
import { burnRates, type BurnWindow, seconds } from "../settings/windows.ts";

/** With fewer bad requests than this in the long window nobody is told: one failure of a service that is hardly used is no trend. */
const fewestBadRequests = 5;

/** What burns: names of the recorded share of bad requests in a window, and of the share that may be bad. */
export interface Burning {
  readonly ratio: (window: string) => string;
  readonly budget: string;
}

export const errorsBurning: Burning = { ratio: series.errorRatio, budget: series.errorBudget };
export const latenessBurning: Burning = { ratio: series.slowRatio, budget: series.latencyBudget };

/** True while a budget burns too fast in both windows; the value is the share of the long one. */
export function burns({ ratio, budget }: Burning, { long, short, factor }: BurnWindow): string {
  return (
    `${ratio(long)} > ${factor} * ${budget} and ${ratio(short)} > ${factor} * ${budget}` +
    ` and ${ratio(long)} * ${series.requests(long)} * ${seconds(long)} >= ${fewestBadRequests}`
  );
}

/**
 * Whether the budgets burn by the critical pairs of windows, kept while nothing newer is known: an outage that also stops the
 * requests is not over, and the few requests before a quiet night do not begin to count when the others leave the window.
 *
 * @param recorded the windows of this group: a pair is in that of its long one
 */
export function burningRules(recorded: readonly string[]): RecordingRule[] {
  const pairs = burnRates.flatMap(({ severity, windows }) => (severity === "critical" ? windows : []));
  return pairs
    .filter(({ long }) => recorded.includes(long))
    .flatMap((pair) => [
      { record: series.errorBurning(pair.long), expr: known(errorsBurning, pair) },
      { record: series.lateBurning(pair.long), expr: known(latenessBurning, pair) },
    ]);
}

function known(what: Burning, pair: BurnWindow): string {
  return `${burns(what, pair)} or 0 * ${what.ratio(pair.short)}`;
}

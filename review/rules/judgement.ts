import { type BurnWindow, burnRates } from "../../settings/windows.ts";
import type { Comparison, Moment, Ratio } from "./comparison.ts";

/** How far recorded windows are from those of the raw series. */

/** Requests in a window from which its ratios must be right. */
const enough = 1000;

/** Of a ratio in a window. */
export interface Deviation {
  /** Moments with enough requests. */
  readonly moments: number;
  /** Largest relative difference from the exact ratio of the same moment. */
  readonly atOnce: number;
  /** The same from what the exact one was or becomes within one evaluation. */
  readonly withinOne: number;
}

/**
 * @param moments of a window, an evaluation apart
 * @param counts whether a moment does
 */
export function deviation(
  moments: readonly (Moment | undefined)[],
  ratio: Ratio,
  counts: (index: number) => boolean = () => true,
): Deviation {
  const all = moments.flatMap((moment, index) => {
    const near = moments.slice(Math.max(0, index - 1), index + 2).filter((each) => each !== undefined);
    if (moment === undefined || near.length < 3 || moment.requests < enough || !counts(index)) return [];
    const recorded = moment.recorded[ratio];
    const exact = near.map((each) => each.exact[ratio]);
    const nearest = Math.min(Math.max(recorded, Math.min(...exact)), Math.max(...exact));
    return [{ atOnce: relative(recorded, moment.exact[ratio]), withinOne: relative(recorded, nearest) }];
  });
  const most = (of: "atOnce" | "withinOne") => all.reduce((max, one) => Math.max(max, one[of]), 0);
  return { moments: all.length, atOnce: most("atOnce"), withinOne: most("withinOne") };
}

function relative(value: number, exact: number): number {
  if (value === exact) return 0;
  return exact === 0 ? Number.POSITIVE_INFINITY : Math.abs(value - exact) / Math.abs(exact);
}

/** Whether a budget burns by a pair of windows, minute by minute. */
export interface Burning {
  /** Minutes in which it does, by the exact ratios and farther than 1 % from each threshold. */
  readonly due: number;
  /** Those of them in which the recorded ones do not say so, nor did, nor do within one evaluation. */
  readonly missed: number;
  /** Minutes in which only the recorded ones say so, although the exact ones are farther than 1 % from it. */
  readonly wrong: number;
}

/** Fewest bad requests in the long window of which anybody is told. */
const fewest = 5;

export function burning(windows: Comparison[string], ratio: Ratio, budget: number): Burning {
  const result = { due: 0, missed: 0, wrong: 0 };
  for (const pair of burnRates.flatMap(({ windows: pairs }) => pairs)) {
    const long = windows[pair.long] ?? [];
    const short = windows[pair.short] ?? [];
    const margin = (of: "exact" | "recorded") =>
      long.map((moment, index) => margins(pair, { long: moment, short: short[index] }, { of, ratio, budget }));
    const exact = margin("exact");
    const recorded = margin("recorded");
    for (let index = 1; index < exact.length - 1; index++) {
      const near = (values: readonly number[]) => values.slice(Math.max(0, index - 1), index + 2);
      if (near(exact).every((value) => value > 1.01)) {
        result.due++;
        if (near(recorded).every((value) => value < 1)) result.missed++;
      }
      if (near(exact).every((value) => value < 0.99) && (recorded[index] ?? 0) >= 1) result.wrong++;
    }
  }
  return result;
}

/** The least of what is divided by its threshold: 1 or more burns. */
function margins(
  { factor }: BurnWindow,
  { long, short }: { readonly long: Moment | undefined; readonly short: Moment | undefined },
  { of, ratio, budget }: { readonly of: "exact" | "recorded"; readonly ratio: Ratio; readonly budget: number },
): number {
  if (long === undefined || short === undefined) return 0;
  const threshold = factor * budget;
  const bad = long[of][ratio] * long.requests;
  return Math.min(long[of][ratio] / threshold, short[of][ratio] / threshold, bad / fewest);
}

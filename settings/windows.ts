import { durationSeconds } from "./duration.ts";

/**
 * Windows and burn rates for an error budget of 30 days, as in the Site Reliability Workbook, chapter 5: the long window
 * says that it matters, the short one that it still goes on.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */

/**
 * How soon somebody has to act: `critical` now, `warning` on the next working day, `none` never (it only shows that alerts
 * arrive).
 */
export const severities = ["critical", "warning", "none"] as const;

export type Severity = (typeof severities)[number];

/** One pair of windows: it is true when both burn the budget at least so many times as fast as allowed. */
export interface BurnWindow {
  readonly long: string;
  readonly short: string;
  /** How many times as fast as would use up the budget in exactly 30 days. */
  readonly factor: number;
}

/** The pairs of windows of one severity; any of them is enough. */
export interface BurnRate {
  readonly severity: Severity;
  readonly windows: readonly BurnWindow[];
  /** How long it must be true: rides out one bad scrape. */
  readonly for: string;
}

export const burnRates: readonly BurnRate[] = [
  {
    severity: "critical",
    windows: [
      // 2 % of the budget in an hour.
      { long: "1h", short: "5m", factor: 14.4 },
      // 5 % in six hours.
      { long: "6h", short: "30m", factor: 6 },
    ],
    for: "2m",
  },
  {
    severity: "warning",
    windows: [
      // 10 % in a day.
      { long: "1d", short: "2h", factor: 3 },
      // 10 % in three days.
      { long: "3d", short: "6h", factor: 1 },
    ],
    for: "15m",
  },
];

/** Every window that is recorded, from the shortest: `fast` each minute, `slow` every two. */
export const windows = { fast: ["5m", "1h"], slow: ["30m", "2h", "6h", "1d", "3d"] } as const;

/**
 * Seconds of a window.
 *
 * @param window such as `30m`, `6h` or `3d`
 */
export function seconds(window: string): number {
  if (!/[mhd]$/.test(window)) throw new Error(`window ${window} is not in minutes, hours or days`);
  return durationSeconds(window);
}

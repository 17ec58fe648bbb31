/** A span of time, in seconds since 1970. */
export interface Range {
  from: number;
  to: number;
}

/** The spans that are offered, by what the address of the page calls them: seconds until now. */
export const lastSeconds: Readonly<Record<string, number>> = {
  "5m": 300,
  "15m": 900,
  "1h": 3600,
  "6h": 21_600,
  "24h": 86_400,
  "7d": 604_800,
};

/** The span in which the page starts. */
export const defaultSpan = "15m";

/**
 * Reads a span from the page's address.
 *
 * @param text one of those that are offered, or `<from>-<to>` in seconds since 1970; anything else is the default
 */
export function readRange(text: string, now: number): Range {
  const [, from, to] = /^(\d{1,12})-(\d{1,12})$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined && Number(from) < Number(to))
    return { from: Number(from), to: Number(to) };
  const seconds = lastSeconds[text] ?? lastSeconds[defaultSpan] ?? 0;
  return { from: now - seconds, to: now };
}

/** The points in time of a graph. */
export interface Grid extends Range {
  /** Seconds between two points. */
  step: number;
  /** Where the span ends, at the last point or after it: what is newest stands between them. */
  end: number;
}

/** Points of a graph at most: a panel is about that many pixels wide. */
const POINTS = 240;

/**
 * Points for a span, at multiples of the step, so that a graph does not tremble when it is drawn anew.
 *
 * @param scrape seconds between two scrapes: there is nothing to see between them
 */
export function gridOf({ from, to }: Range, scrape: number): Grid {
  const step = Math.max(1, Math.ceil(Math.max((to - from) / POINTS, scrape)));
  return { from: Math.ceil(from / step) * step, to: Math.floor(to / step) * step, step, end: Math.ceil(to) };
}

/** The points of a grid. */
export function timesOf({ from, to, step }: Omit<Grid, "end">): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

/** Grafana's `$__rate_interval`: at least four scrapes, and no gap between two points. */
export function rateInterval(step: number, scrape: number): string {
  return `${Math.max(step + scrape, 4 * scrape)}s`;
}

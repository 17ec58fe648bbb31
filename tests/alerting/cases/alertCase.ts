/** What a case is made of: series over time, and the alerts that somebody is told of at a moment. */

/** An alert that must fire. */
export interface ExpectedAlert {
  /** All labels but the name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

/** One situation. */
export interface AlertCase {
  /** What the situation is. */
  readonly when: string;
  /** Time between two samples, and between two evaluations. @default "1m" */
  readonly every?: string;
  /** Samples in promtool's notation, by series. */
  readonly series: Readonly<Record<string, string>>;
  /** The alerts that fire at these moments, such as `1h30m`; none is an empty list. */
  readonly at: Readonly<Record<string, readonly ExpectedAlert[]>>;
}

/** The cases of alerts, by the name of the alert. */
export type AlertCases = Readonly<Record<string, readonly AlertCase[]>>;

/**
 * A counter that grows at changing speeds, from 0.
 *
 * @param segments growth from sample to sample, and for how many samples
 */
export function counter(...segments: readonly (readonly [growth: number, samples: number])[]): string {
  let value = 0;
  const parts = ["0"];
  for (const [growth, samples] of segments) {
    parts.push(`${value + growth}+${growth}x${samples - 1}`);
    value += growth * samples;
  }
  return parts.join(" ");
}

/** The same value in so many samples after the first. */
export function constant(value: number, samples: number): string {
  return `${value}x${samples}`;
}

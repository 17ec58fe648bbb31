const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Seconds of a duration.
 *
 * @param duration such as `30s`, `5m`, `12h` or `7d`; another form gives NaN
 */
export function durationSeconds(duration: string): number {
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  return Number(count) * (seconds[unit] ?? NaN);
}

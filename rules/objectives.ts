import type { Settings } from "../settings/read.ts";

/** What a service promises. */
export interface Objective {
  /** Share of the requests that are answered without a server error. */
  readonly availability: number;
  /** Share of the requests that are answered in time. */
  readonly latencyTarget: number;
  /** In time means within so many seconds; a bound of the histogram's buckets. */
  readonly latencySeconds: number;
}

/** The services that one value holds for, as a matcher such as `service_name="python-api"`, and that value. */
export interface Share {
  readonly matcher: string;
  readonly value: number;
}

/**
 * Splits the services by one of the numbers of their objectives: each group is one part of an expression.
 *
 * @param slo the settings: numbers for all services, and those of single ones
 * @param number which number
 * @returns the group of all other services last
 */
export function shares(slo: Settings["slo"], number: keyof Objective): Share[] {
  const byValue = new Map<number, string[]>();
  for (const [service, own] of Object.entries(slo.services)) {
    const value = own[number];
    if (value === undefined || value === slo[number]) continue;
    byValue.set(value, [...(byValue.get(value) ?? []), service]);
  }
  const named = [...byValue.values()].flat();
  return [
    ...[...byValue].map(([value, services]) => ({ matcher: `service_name=~${anyOf(services)}`, value })),
    { matcher: named.length === 0 ? 'service_name!=""' : `service_name!~${anyOf(named)}`, value: slo[number] },
  ];
}

/** A regular expression for any of these names, as a PromQL string. */
function anyOf(names: readonly string[]): string {
  const escaped = names.map((name) => name.replaceAll(/[.+*?^${}()|[\]\\]/g, String.raw`\$&`));
  // JSON escapes what PromQL does.
  return JSON.stringify(escaped.join("|"));
}

/** What may fail of all that is promised, without the noise of binary fractions: 0.005 for 0.995. */
export function budget(target: number): number {
  return Number((1 - target).toPrecision(6));
}

/** The label `le` of a bucket as Prometheus 3 writes it: whole numbers have a `.0`. */
export function bucketLabel(bound: number): string {
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}

/** Pieces of PromQL that many panels share. The window is Grafana's: at least four scrapes, wider where the range is long. */

/** Per second. */
export function rate(metric: string, selector = ""): string {
  return `rate(${metric}${braces(selector)}[$__rate_interval])`;
}

/** Per second, summed, for each value of the labels. */
export function sumRate(metric: string, selector = "", by: readonly string[] = []): string {
  return sumRateOfAny(metric, [selector], by);
}

/** The same of all series that one of some selectors finds. */
export function sumRateOfAny(metric: string, selectors: readonly string[], by: readonly string[] = []): string {
  return `sum${clause(by)}(${selectors.map((selector) => rate(metric, selector)).join(" or ")})`;
}

/**
 * The share of some among all, 0 where there are none of them or none at all, which would be no number; a counter that never
 * moved may not be there at all.
 *
 * @param failed for instance the rate of the requests that failed
 * @param all for instance the rate of all requests, with the same labels
 */
export function ratio(failed: string, all: string): string {
  return `((${failed} or 0 * ${all}) / (${all} > 0) or 0 * ${all})`;
}

/** The same, and 0 where there is nothing at all. */
export function orZero(expression: string): string {
  return `${expression} or vector(0)`;
}

/**
 * A quantile of a classic histogram; nothing where nothing was measured, which would be no number.
 *
 * @param quantile from 0 to 1
 * @param metric name without `_bucket`
 */
export function quantile(quantile: number, metric: string, selector = "", by: readonly string[] = []): string {
  return `(histogram_quantile(${quantile}, ${sumRate(`${metric}_bucket`, selector, ["le", ...by])}) >= 0)`;
}

/** A name for series that lack a label, such as requests that no route took. */
export function named(expression: string, label: string, name: string): string {
  return `label_replace(${expression}, "${label}", "${name}", "${label}", "")`;
}

function clause(by: readonly string[]): string {
  return by.length === 0 ? "" : ` by (${by.join(", ")}) `;
}

function braces(selector: string): string {
  return selector === "" ? "" : `{${selector}}`;
}

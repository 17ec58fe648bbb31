const factors: Readonly<Record<string, number>> = { Mi: 1, Gi: 1024, Ti: 1024 * 1024 };

/**
 * A memory quantity in MiB.
 *
 * @param quantity such as `512Mi`; another form than that of the settings gives NaN
 */
export function mebibytes(quantity: string): number {
  const [, digits, unit = ""] = /^(\d+)(Mi|Gi|Ti)$/.exec(quantity) ?? [];
  return Number(digits) * (factors[unit] ?? NaN);
}

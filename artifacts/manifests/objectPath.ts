/** A YAML mapping whose fields are not known beforehand. */
export type Fields = Record<string, unknown>;

/** Whether a parsed value is a mapping. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Copies a value with a change at each place that a path leads to. What the path does not find stays as it is.
 *
 * @param value the value to copy; not changed itself
 * @param path names of fields; `*` stands for every item of a list
 * @param change gives the new value; `undefined` leaves the field out
 */
export function updateAt(value: unknown, path: readonly string[], change: (found: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (step === "*") return Array.isArray(value) ? value.map((item) => updateAt(item, rest, change)) : value;
  if (!isFields(value) || !(step in value)) return value;
  const { [step]: found, ...others } = value;
  const changed = updateAt(found, rest, change);
  if (changed === found) return value;
  // Assigned in the old place: a field's order in the file does not depend on the patches.
  return changed === undefined ? others : { ...value, [step]: changed };
}

/** All values that a path (as in `updateAt`) leads to. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (step === "*") return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : [];
  return isFields(value) && step in value ? valuesAt(value[step], rest) : [];
}

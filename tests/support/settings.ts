/** Settings by key: `jaeger.storage` for an entry of an object; lists and free objects are one setting. */
export function flattenSettings(settings: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(settings).flatMap(([key, value]): [string, unknown][] =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
      ? flattenSettings(value as Record<string, unknown>).map(([inner, leaf]) => [`${key}.${inner}`, leaf])
      : [[key, value]],
  );
}

/** An object with another value at a path of it. */
export function withEntry(object: unknown, [key, ...inner]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const entries = (object ?? {}) as Readonly<Record<string, unknown>>;
  return { ...entries, [key]: withEntry(entries[key], inner, value) };
}

/** A value as the documentation's tables write it: text as it is, everything else as JSON. */
export function shownValue(value: unknown): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

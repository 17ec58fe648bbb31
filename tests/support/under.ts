/** Everything under a key, wherever it is. */
export function under(value: unknown, wanted: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === wanted ? [inner] : under(inner, wanted),
  );
}

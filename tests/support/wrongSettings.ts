import type { z } from "zod";

/** A configuration with one thing wrong in it. */
export interface WrongSetting {
  /** Where it is, such as `collector.replicas`. */
  readonly key: string;
  /** Values by key, as a settings file has them. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** What no setting of a type takes; none for objects, of which each entry is tried. */
const wrongValues: Readonly<Record<string, readonly unknown[]>> = {
  string: [5],
  number: ["abc", -1e9],
  boolean: ["maybe"],
  enum: ["neither"],
  union: ["none of them"],
  literal: ["another"],
  array: [{ a: 1 }],
  record: [["a"]],
  object: [["a"]],
};

/** A schema as far as it is walked here. */
interface Walked {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
}

/**
 * Makes wrong settings from a schema: for each setting values of another type and beyond its bounds, and for each object a key with a
 * letter too many.
 */
export function wrongSettings(schema: z.ZodType, path: readonly string[] = []): WrongSetting[] {
  const { type, shape, innerType, in: source } = schema.def as Walked;
  const inner = innerType ?? source;
  if (inner !== undefined) return wrongSettings(inner, path);
  // The file keeps texts, so that a number is a text at the top.
  const values = path.length === 0 || (path.length === 1 && type === "string") ? [] : (wrongValues[type] ?? []);
  return [
    ...values.map((value) => wrong(path, value)),
    ...Object.entries(shape ?? {}).flatMap(([key, entry]) => wrongSettings(entry, [...path, key])),
    ...Object.keys(shape ?? {})
      .slice(0, 1)
      .map((key) => wrong([...path, `${key}x`], "1")),
  ];
}

function wrong(path: readonly string[], value: unknown): WrongSetting {
  return {
    key: path.join("."),
    config: path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>,
  };
}

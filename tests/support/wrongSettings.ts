import { z } from "zod";
import { valueOf } from "./chanceSettings.ts";
import { seededRandom } from "./seededRandom.ts";

/** A configuration with one thing wrong in it. */
export interface WrongSetting {
  /** Where it is, such as `collector.replicas`. */
  readonly key: string;
  /** Values by key, as a settings file has them. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Something wrong inside a value, and the whole value. */
interface Wrong {
  readonly path: readonly string[];
  readonly value: unknown;
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

/** Texts of which a setting with a form of its own refuses one. */
const formless = ["no such thing!", "https://a:b@example.org", ""];

/** A schema as far as it is walked here. */
interface Walked {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
}

/**
 * Makes wrong settings from a schema: for each setting values of another type, beyond its bounds and of another form, also inside lists
 * and tables, and for each object a key with a letter too many.
 */
export function wrongSettings(schema: z.ZodType): WrongSetting[] {
  return wrongIn(schema, 0).map(({ path, value }) => ({
    key: path.join("."),
    config: value as Readonly<Record<string, unknown>>,
  }));
}

/** @param depth how many keys lead to it */
function wrongIn(schema: z.ZodType, depth: number): Wrong[] {
  const { type, shape, innerType, in: source, element, valueType } = schema.def as Walked;
  const inner = innerType ?? source;
  if (inner !== undefined) return wrongIn(inner, depth);
  const below = (key: string, entry: z.ZodType, around: (value: unknown) => unknown) =>
    wrongIn(entry, depth + 1).map(({ path, value }) => ({ path: [key, ...path], value: around(value) }));
  const other = Object.keys(shape ?? {})
    .slice(0, 1)
    .map((key) => ({ path: [`${key}x`], value: { ...needed(shape), [`${key}x`]: "1" } }));
  return [
    ...ownWrongs(schema, type, depth).map((value) => ({ path: [], value })),
    ...Object.entries(shape ?? {}).flatMap(([key, entry]) =>
      below(key, entry, (value) => ({ ...needed(shape), [key]: value })),
    ),
    ...other,
    ...(element === undefined ? [] : below("0", element, (value) => [value])),
    ...(valueType === undefined ? [] : below("name", valueType, (value) => ({ name: value }))),
  ];
}

function ownWrongs(schema: z.ZodType, type: string, depth: number): unknown[] {
  if (depth === 0) return [];
  const form = type === "string" ? formless.filter((text) => !schema.safeParse(text).success).slice(0, 1) : [];
  // The file keeps texts, so that a number is a text at the top.
  return [...(depth === 1 && type === "string" ? [] : (wrongValues[type] ?? [])), ...form];
}

/** Entries that an object cannot do without. */
function needed(shape: Walked["shape"] = {}): Record<string, unknown> {
  const missing = Object.entries(shape).filter(([, entry]) => !entry.safeParse(undefined).success);
  return Object.fromEntries(missing.map(([key, entry]) => [key, valueOf(entry, seededRandom(1))]));
}

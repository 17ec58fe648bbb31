/** Values as OTLP's JSON has them, by chance, and what remains of their texts when they are masked. */

/** A value, or a list or map of values. */
export type AnyValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number | "NaN" | "-Infinity" }
  | { readonly boolValue: boolean }
  | { readonly bytesValue: string }
  | { readonly arrayValue: { readonly values?: readonly AnyValue[] } }
  | { readonly kvlistValue: { readonly values?: readonly { readonly key: string; readonly value: AnyValue }[] } };

/** Patterns that another form of a text would hide from: where it begins and ends, and what JSON escapes. */
export const awkwardPatterns = [
  "^(token=).+",
  "(pin: )[0-9]+$",
  '("pin":"?)[0-9]{4}("?)',
  "<id>&[0-9]+",
  "(\\\\)[0-9]{3}",
];

/** Of these a text is made. None is or was a secret. */
const pieces = [
  ...["Bearer harmless-sample.0123", "https://shop:harmless@example.org/x", "AKIAHARMLESSSAMPLE01"],
  ...[`"SecretAccessKey": "${"harmless".repeat(5)}"`, `AWS_SECRET_ACCESS_KEY="${"harmless".repeat(5)}"`],
  ...["token=a", "pin: 12", '"pin":"1234"', "<id>&7", "\\123"],
  ...["", " ", "=", '"', "\n", "[", "{", "\u0001[", "\u0001", "\u0002", "\\", "ordinary", "ünïcode", "7"],
];

/** @param random from 0 to below 1 */
export function randomText(random: () => number): string {
  const count = Math.floor(random() * 4);
  return Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)] ?? "").join("");
}

/** What is no text, with numbers that JSON does not have. */
const others: readonly AnyValue[] = [
  { intValue: "7" },
  { doubleValue: 0.5 },
  { doubleValue: "NaN" },
  { doubleValue: "-Infinity" },
  { boolValue: true },
  { bytesValue: "" },
];

/** Names of attributes, and of what is in a map. */
export type Names = readonly [string, string, string];
export const plainNames: Names = ["a", "b", "c"];
/** Names of which some are those that others get when lists and maps are made flat. */
export const hidingNames: Names = ["a", "a.0", "a.a"];

/**
 * A text, a number or the like, or a list or map.
 *
 * @param random from 0 to below 1
 * @param names of what is in a map
 * @param depth how deep lists and maps may stand in each other
 */
export function randomValue(random: () => number, names: Names, depth = 3): AnyValue {
  const kind = random();
  if (kind < 0.1) return others[Math.floor(kind * 10 * others.length)] ?? { intValue: "7" };
  if (depth === 0 || kind < 0.5) return { stringValue: randomText(random) };
  const values = Array.from({ length: Math.floor(random() * 4) }, () => randomValue(random, names, depth - 1));
  return kind < 0.75
    ? { arrayValue: { values } }
    : { kvlistValue: { values: values.map((value, index) => ({ key: names[index] ?? "", value })) } };
}

/** All texts of values that are not empty, in the order of the alphabet: a list may have been made flat. */
export function texts(values: readonly AnyValue[]): string[] {
  return values
    .flatMap(textsOf)
    .filter((text) => text !== "")
    .sort();
}

function textsOf(value: AnyValue): string[] {
  if ("stringValue" in value) return [value.stringValue];
  if ("arrayValue" in value) return (value.arrayValue.values ?? []).flatMap(textsOf);
  if ("kvlistValue" in value) return (value.kvlistValue.values ?? []).flatMap((entry) => textsOf(entry.value));
  return [];
}

/** A text as one pattern after the other leaves it, by the regular expressions of this language. */
export function maskedText(text: string, patterns: readonly string[]): string {
  return patterns.reduce(
    (left, pattern) =>
      left.replaceAll(new RegExp(pattern, "g"), (_match, ...rest: unknown[]) => {
        const groups = rest.slice(
          0,
          rest.findIndex((each) => typeof each === "number"),
        ) as (string | undefined)[];
        return `${groups[0] ?? ""}[masked]${groups[1] ?? ""}`;
      }),
    text,
  );
}

import { quoted } from "./ottl.ts";

/**
 * What must not be stored, in every place where a value can stand. Not reached are the attributes of a span's links, which the language
 * has no path to.
 *
 * No text is looked at in another form than its own: in JSON, say, a quote is escaped, and `^` is not where the value begins.
 */

/** What a pattern's groups hold stays: what is in front of the secret, and what is behind it. */
const replacement = quoted("${1}[masked]${2}");

/**
 * Masks a text.
 *
 * @param path of the text
 */
export function maskedText(path: string, patterns: readonly string[]): string[] {
  return patterns.map((pattern) => `replace_pattern(${path}, ${quoted(pattern)}, ${replacement})`);
}

/** Masks the values of a map that are texts: what stands deeper needs `maskedBelow`. */
function maskedValues(path: string, patterns: readonly string[]): string[] {
  return patterns.map((pattern) => `replace_all_patterns(${path}, "value", ${quoted(pattern)}, ${replacement})`);
}

/** A map as it was copied to be made flat: a list `a` becomes `a.0`, `a.1`. */
const flat = 'cache["flat"]';

/**
 * Masks the texts within the lists and maps of a map that `flat` is a copy of: only a flat map's can be replaced. It takes the place of
 * what it was copied from where something was.
 *
 * @param path of the map
 */
function maskedBelow(path: string, patterns: readonly string[]): string[] {
  return [
    `flatten(${flat})`,
    `set(cache["before"], String(${flat}))`,
    ...maskedValues(flat, patterns),
    `set(${path}, ${flat}) where String(${flat}) != cache["before"]`,
  ];
}

const group = (context: string, statements: readonly string[], ...conditions: string[]) => ({
  context,
  ...(conditions.length > 0 ? { conditions } : {}),
  statements: [...statements],
});

/**
 * Whether attributes have a list or a map among them. The separators are in no text of JSON, so that such a value begins right behind its
 * name.
 */
const nested = `IsMatch(ToKeyValueString(attributes, "\\u0001", "\\u0002"), ${quoted(String.raw`\x01[\[{]`)})`;

/** What masks attributes, and the texts beside them. */
const masked = (context: string, patterns: readonly string[], ...texts: readonly string[]) => [
  group(context, [...maskedValues("attributes", patterns), ...texts.flatMap((text) => maskedText(text, patterns))]),
  group(context, [`set(${flat}, attributes)`, ...maskedBelow("attributes", patterns)], nested),
];

const origin = (patterns: readonly string[]) => [
  ...masked("resource", patterns),
  ...masked("scope", patterns, "name", "version"),
];

/**
 * The processor that masks log records and spans.
 *
 * @param patterns regular expressions as RE2 takes them; at least one
 */
export function masking(patterns: readonly string[]): Record<string, unknown> {
  return {
    error_mode: "ignore",
    log_statements: [
      ...origin(patterns),
      ...masked("log", patterns, "body", "event_name", "severity_text"),
      group(
        "log",
        [
          `set(${flat}, body) where IsMap(body)`,
          `set(${flat}["body"], body) where IsList(body)`,
          ...maskedBelow("body", patterns),
        ],
        // Most are texts, and to find that they are no map takes longer.
        "not IsString(body) and (IsMap(body) or IsList(body))",
      ),
    ],
    trace_statements: [
      ...origin(patterns),
      ...masked("span", patterns, "name"),
      group("span", maskedText("status.message", patterns), 'status.message != ""'),
      ...masked("spanevent", patterns, "name"),
    ],
  };
}

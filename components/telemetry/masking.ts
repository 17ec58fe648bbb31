import { quoted } from "./ottl.ts";

/**
 * What must not be stored, in every place where a value can stand. Not reached are the attributes of a span's links, which the language
 * has no path to.
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

/**
 * Masks all values of a map. One that holds a secret somewhere is made flat first, since only its own texts can be replaced: a list `a`
 * becomes `a.0`, `a.1`.
 *
 * @param path of the map
 */
function maskedMap(path: string, patterns: readonly string[]): string[] {
  const [text, secret] = [`cache["text"]`, `cache["secret"]`];
  const found = patterns.map((pattern) => `IsMatch(${text}, ${quoted(pattern)})`).join(" or ");
  return [
    `set(${secret}, false)`,
    `set(${text}, String(${path}))`,
    `set(${secret}, true) where ${found}`,
    `flatten(${path}) where ${secret} == true`,
    ...patterns.map(
      (pattern) => `replace_all_patterns(${path}, "value", ${quoted(pattern)}, ${replacement}) where ${secret} == true`,
    ),
  ];
}

const group = (context: string, statements: readonly string[]) => ({ context, statements: [...statements] });

const origin = (patterns: readonly string[]) => [
  group("resource", maskedMap("attributes", patterns)),
  group("scope", [
    ...maskedMap("attributes", patterns),
    ...maskedText("name", patterns),
    ...maskedText("version", patterns),
  ]),
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
      group("log", [
        ...maskedMap("attributes", patterns),
        // A map or a list is stored as its text anyway.
        "set(body, String(body)) where IsMap(body) or IsList(body)",
        ...maskedText("body", patterns),
        ...maskedText("event_name", patterns),
        ...maskedText("severity_text", patterns),
      ]),
    ],
    trace_statements: [
      ...origin(patterns),
      group("span", [
        ...maskedMap("attributes", patterns),
        ...maskedText("name", patterns),
        ...maskedText("status.message", patterns),
      ]),
      group("spanevent", [...maskedMap("attributes", patterns), ...maskedText("name", patterns)]),
    ],
  };
}

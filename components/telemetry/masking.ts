import { literal, quoted } from "./ottl.ts";

/**
 * What must not be stored, in every place where a text can stand. Not reached are the attributes of a span's links, which the language
 * has no path to. Numbers and bytes are no texts.
 *
 * One processor marks where something of it stands, or may stand: it goes through all attributes at once, in a quarter of the time
 * that statements take. The other masks what is marked, and texts that are no attributes. No text is looked at in another form than its own: in
 * JSON, say, a quote is escaped, and `^` is not where the value begins.
 */

/** What a pattern's groups hold stays: what is in front of the secret, and what is behind it. */
const replacement = quoted("${1}[masked]${2}");
const replaced = quoted(String.raw`\[masked\]`);

/**
 * Masks a text.
 *
 * @param path of the text
 */
export function maskedText(path: string, patterns: readonly string[]): string[] {
  return patterns.map((pattern) => `replace_pattern(${path}, ${quoted(pattern)}, ${replacement})`);
}

/** A map as it was copied to be made flat, since only a flat map's texts can be replaced: a list `a` becomes `a.0`, `a.1`. */
const flat = 'cache["flat"]';

/** Stands at the end of each name of the copy while it is made flat: `a.b` would hide `b` of a map `a`, or be hidden by it. */
const end = "␞";

/** The copy as a text. There is none of a map with a number that JSON does not have, such as NaN. */
const text = 'cache["text"]';

/** A name with a dot within a map, which may hide another one or be hidden. */
const dotted = quoted(String.raw`\.(?:[^"\\${end}]|\\.)*":`);

/** How many names the map had: two that are the same, which OTLP forbids, become one. */
const count = 'cache["count"]';

/** There where something was masked, or where the copy may lack something. */
const differs = 'cache["differs"]';

/**
 * Masks the texts of a map that `flat` is a copy of. The copy takes the place of what it was copied from where it differs.
 *
 * @param path of the map
 */
function maskedMap(path: string, patterns: readonly string[]): string[] {
  return [
    `set(${count}, Len(${flat}))`,
    `replace_all_patterns(${flat}, "key", ${quoted("$")}, ${quoted(end)})`,
    `set(${text}, String(${flat}))`,
    `set(${differs}, true) where ${text} == nil or Len(${flat}) != ${count} or IsMatch(${text}, ${dotted})`,
    `flatten(${flat})`,
    ...patterns.map((pattern) => `replace_all_patterns(${flat}, "value", ${quoted(pattern)}, ${replacement})`),
    `set(${differs}, true) where ${differs} == nil and IsMatch(String(${flat}), ${replaced})`,
    `replace_all_patterns(${flat}, "key", ${quoted(end)}, "") where ${differs} != nil`,
    `set(${path}, ${flat}) where ${differs} != nil`,
  ];
}

/** How the processor marks attributes that a pattern matches, and the body of a log record that is a list or map: it calls them allowed. */
const marks = { attributes: "redaction.allowed.count", body: "redaction.body.allowed.count" } as const;

/**
 * A list or a map as an attribute, as the text that the processor makes of it. What is in it, it does not look at. The text of one with a
 * number that JSON does not have is empty.
 */
const nested = String.raw`^(?:[\[{]|$)`;

const marking = (patterns: readonly string[]) => ({
  allow_all_keys: true,
  redact_all_types: true,
  summary: "info",
  allowed_values: [...patterns, nested].map(literal),
});

const group = (context: string, statements: readonly string[], ...conditions: string[]) => ({
  context,
  ...(conditions.length > 0 ? { conditions } : {}),
  statements: [...statements],
});

/** Masks what is marked, and takes the mark away. */
const marked = (context: string, mark: string, statements: readonly string[]) =>
  group(context, [`delete_key(attributes, "${mark}")`, ...statements], `attributes["${mark}"] != nil`);

const maskedAttributes = (context: string, patterns: readonly string[]) =>
  marked(context, marks.attributes, [`set(${flat}, attributes)`, ...maskedMap("attributes", patterns)]);

/** Masks texts that most have not. */
const maskedRarely = (context: string, path: string, patterns: readonly string[]) =>
  group(context, maskedText(path, patterns), `${path} != ""`);

const origin = (patterns: readonly string[]) => [
  maskedAttributes("resource", patterns),
  maskedAttributes("scope", patterns),
  group("scope", [...maskedText("name", patterns), ...maskedText("version", patterns)]),
];

const masks = (patterns: readonly string[]) => ({
  // No text can be made of some maps, see above: a line for each would tell nobody anything.
  error_mode: "silent",
  log_statements: [
    ...origin(patterns),
    maskedAttributes("log", patterns),
    marked("log", marks.body, [
      `set(${flat}, body) where IsMap(body)`,
      `set(${flat}["body"], body) where IsList(body)`,
      ...maskedMap("body", patterns),
    ]),
    group("log", [...maskedText("body", patterns), ...maskedText("severity_text", patterns)]),
    maskedRarely("log", "event_name", patterns),
  ],
  trace_statements: [
    ...origin(patterns),
    maskedAttributes("span", patterns),
    group("span", maskedText("name", patterns)),
    maskedRarely("span", "status.message", patterns),
    maskedRarely("span", "trace_state", patterns),
    maskedAttributes("spanevent", patterns),
    group("spanevent", maskedText("name", patterns)),
  ],
});

/**
 * The processors that mask log records and spans, in their order.
 *
 * @param patterns regular expressions as RE2 takes them; none is nothing
 */
export function masking(patterns: readonly string[]): Record<string, unknown> {
  return patterns.length === 0 ? {} : { "redaction/marks": marking(patterns), "transform/masking": masks(patterns) };
}
